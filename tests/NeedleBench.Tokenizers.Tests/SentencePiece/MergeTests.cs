namespace NeedleBench.Tokenizers.Tests.SentencePiece;

public class MergeTests
{
    [Fact]
    public void Merges_the_highest_score_first_whatever_stands_left_of_it()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("b", -9), ("c", -9), ("ab", -2), ("bc", -1)).Load();

        AssertPieces(tokenizer, "abc", "a", "bc");
    }

    [Fact]
    public void Merges_the_leftmost_of_equal_scores_first()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("b", -9), ("c", -9), ("ab", -1), ("bc", -1)).Load();

        AssertPieces(tokenizer, "abc", "ab", "c");
        AssertPieces(tokenizer, "bcab", "bc", "ab");
    }

    [Fact]
    public void Leaves_out_the_merges_that_it_is_told_to()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("b", -9), ("c", -9), ("ab", -1), ("abc", -2)).Load();

        Assert.Equal(["a", "b", "c"], Pieces(() => true));
        Assert.Equal(["abc"], Pieces(() => false));
        var asked = 0;
        Assert.Equal(["ab", "c"], Pieces(() => asked++ == 1));

        IEnumerable<string> Pieces(Func<bool> skips)
        {
            var ids = new List<int>();
            tokenizer.Encode("abc", ids, skips);
            return ids.Select(tokenizer.Piece).Where(piece => piece != "▁");
        }
    }

    [Fact]
    public void Merges_a_run_of_one_letter_in_pairs_from_the_left()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("aa", -1), ("aaaa", -2)).Load();

        AssertPieces(tokenizer, "aaaaa", "aaaa", "a");
        AssertPieces(tokenizer, "aaaaaaa", "aaaa", "aa", "a");
    }

    [Fact]
    public void Reaches_a_longer_piece_only_through_pieces()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("b", -9), ("c", -9), ("abc", -1)).Load();
        var withStep = TinyModel.Plain(("a", -9), ("b", -9), ("c", -9), ("bc", -5), ("abc", -1)).Load();

        AssertPieces(tokenizer, "abc", "a", "b", "c");
        AssertPieces(withStep, "abc", "abc");
    }

    [Fact]
    public void Merges_a_character_that_is_no_piece_of_its_own()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("ax", -2), ("x😀", -1)).Load();

        AssertPieces(tokenizer, "ax", "ax");
        AssertPieces(tokenizer, "ax😀", "a", "x😀");
        Assert.Equal([tokenizer.UnknownId], tokenizer.Encode("x"));
        Assert.Equal([tokenizer.UnknownId, 1], tokenizer.Encode("😀a"));
    }

    [Fact]
    public void Merges_over_an_inner_space_where_a_piece_holds_one()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("b", -9), ("▁", -9), ("a▁", -2), ("a▁b", -1)).Load();

        AssertPieces(tokenizer, "a b", "a▁b");
    }

    [Fact]
    public void Merges_spaces_in_a_row_and_what_follows_them()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("▁", -9), ("▁▁", -3), ("▁▁▁", -2), ("▁a", -1)).Load();

        AssertPieces(tokenizer, "a   a", "a", "▁▁", "▁a");
        AssertPieces(tokenizer, "a   ", "a", "▁▁▁");
    }

    [Fact]
    public void Takes_an_unused_piece_apart_into_what_it_was_merged_from()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("b", -9), ("c", -9), ("ab", -1))
            .Add("abc", -2, PieceKind.Unused)
            .Add("abcabc", -3, PieceKind.Unused)
            .Load();

        AssertPieces(tokenizer, "abc", "ab", "c");
        AssertPieces(tokenizer, "abcabc", "ab", "c", "ab", "c");
    }

    [Fact]
    public void Merges_through_an_unused_piece_to_a_longer_one()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("b", -9), ("c", -9), ("abc", -2)).Add("ab", -1, PieceKind.Unused).Load();

        AssertPieces(tokenizer, "abc", "abc");
        AssertPieces(tokenizer, "ab", "a", "b");
    }

    [Fact]
    public void Keeps_an_unused_piece_of_one_character()
    {
        var tokenizer = TinyModel.Plain(("a", -9)).Add("b", -9, PieceKind.Unused).Load();

        AssertPieces(tokenizer, "ab", "a", "b");
    }

    [Fact]
    public void Takes_a_deeply_nested_unused_piece_apart()
    {
        var model = TinyModel.Plain(("a", -9999));
        for (var length = 2; length <= 1500; length++)
        {
            model.Add(new string('a', length), 1500 - length, PieceKind.Unused);
        }

        Assert.Equal(Enumerable.Repeat(1, 1500), model.Load().Encode(new string('a', 1500)));
    }

    [Fact]
    public void Gives_long_texts_their_pieces_however_they_repeat()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("b", -9), ("▁", -9), ("aa", -1), ("aaaa", -2), ("ab", -1), ("abab", -3), ("▁▁", -1))
            .Load();
        const int Length = 1 << 18;

        AssertAll(tokenizer, new string('a', Length), "aaaa", Length / 4);
        AssertAll(tokenizer, new string(' ', Length), "▁▁", Length / 2);
        AssertAll(tokenizer, string.Concat(Enumerable.Repeat("ab", Length / 2)), "abab", Length / 4);
    }

    static void AssertPieces(SentencePieceTokenizer tokenizer, string text, params string[] pieces) =>
        Assert.Equal(pieces, tokenizer.Encode(text).Select(tokenizer.Piece));

    static void AssertAll(SentencePieceTokenizer tokenizer, string text, string piece, int count)
    {
        var ids = tokenizer.Encode(text);
        Assert.Equal(count, ids.Length);
        Assert.Equal(piece, tokenizer.Piece(Assert.Single(ids.Distinct())));
    }
}
