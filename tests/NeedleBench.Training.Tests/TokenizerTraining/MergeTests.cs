using NeedleBench.Tokenizers;
using NeedleBench.Training.TokenizerTraining;

namespace NeedleBench.Training.Tests.TokenizerTraining;

/// <summary>Expected merges are counted by hand.</summary>
public sealed class MergeTests
{
    const int FirstMerge = 262;

    static readonly TokenizerTrainingOptions Exact = new() { CharacterCoverage = 1 };

    [Fact]
    public void Merges_the_example_of_Sennrich_et_al_in_the_order_counted_by_hand()
    {
        // es and st stand 9 times, lo, ow and ▁l 7 times, ew, ne and ▁n 6 times; of equals the shorter, then the lower.
        string[] merges = ["es", "est", "lo", "low", "▁low", "ew", "▁n", "▁new", "▁newest", "id"];
        string[] characters = ["e", "w", "▁", "s", "t", "l", "o", "n", "d", "i", "r"];
        var trained = TokenizerTrainer.Train(Sennrich(), Exact with { VocabularySize = FirstMerge + merges.Length + characters.Length });

        var learnt = trained.Pieces.Skip(FirstMerge).ToArray();
        Assert.Equal([.. merges, .. characters], learnt.Select(piece => piece.Text));
        Assert.Equal(Enumerable.Range(0, learnt.Length).Select(rank => (float)-rank), learnt.Select(piece => piece.Score));
        Assert.True(float.IsNegative(learnt[0].Score));
        Assert.All(learnt, piece => Assert.Equal(PieceKind.Normal, piece.Kind));
        Assert.Equal(merges.Length, trained.MergeCount);
    }

    [Fact]
    public void Encodes_by_the_merges_it_has_learnt()
    {
        var tokenizer = TokenizerTrainer.Train(Sennrich(), Exact with { VocabularySize = FirstMerge + 21 }).Open();

        Assert.Equal(["▁low", "est", "▁", "w", "id", "e", "r"], tokenizer.Encode("lowest wider").Select(tokenizer.Piece));
    }

    [Fact]
    public void Puts_special_pieces_symbols_and_bytes_first()
    {
        var pieces = TokenizerTrainer.Train(Sennrich(), Exact with { VocabularySize = 283 }).Pieces;

        Assert.Equal(["<pad>", "</s>", "<s>", "<unk>", "<tool_call>", "<tools>", "<0x00>"], pieces.Take(7).Select(piece => piece.Text));
        Assert.Equal(
            [PieceKind.Control, PieceKind.Control, PieceKind.Control, PieceKind.Unknown, PieceKind.UserDefined, PieceKind.UserDefined, PieceKind.Byte],
            pieces.Take(7).Select(piece => piece.Kind));
        Assert.Equal("<0xFF>", pieces[261].Text);
        Assert.All(pieces.Take(FirstMerge), piece => Assert.Equal(0f, piece.Score));
    }

    [Fact]
    public void Counts_a_run_of_one_letter_without_overlaps()
    {
        // "aaa" holds "aa" once, so "bc" is the more frequent pair (3 to 2); with overlaps it would be 3 to 4.
        var trained = TokenizerTrainer.Train(
            ["aaa", "aaa", "bc", "bc", "bc"], Exact with { AddDummyPrefix = false, VocabularySize = FirstMerge + 5 });

        Assert.Equal(["bc", "aa"], trained.Pieces.Skip(FirstMerge).Take(2).Select(piece => piece.Text));
    }

    [Fact]
    public void Forgets_pairs_that_a_merge_took_apart()
    {
        // ab stands 5 times, bc 4 times, but 3 of those behind an a: once ab is made, cd (2) beats what is left of bc (1).
        var trained = TokenizerTrainer.Train(
            ["abc", "abc", "abc", "ab", "ab", "bc", "cd", "cd"], Exact with { AddDummyPrefix = false, VocabularySize = FirstMerge + 4 + 4 });

        Assert.Equal(["ab", "abc", "cd", "bc"], trained.Pieces.Skip(FirstMerge).Take(4).Select(piece => piece.Text));
    }

    [Fact]
    public void Keeps_digits_apart_where_told_to()
    {
        string[] texts = ["at 1230", "at 1230", "a1 １２"];
        var split = TokenizerTrainer.Train(texts, Exact with { VocabularySize = FirstMerge + 9 + 2 });
        var whole = TokenizerTrainer.Train(texts, Exact with { SplitDigits = false, VocabularySize = FirstMerge + 9 + 4 });

        Assert.Equal(["▁a", "▁at"], Merges(split));
        Assert.Contains("30", Merges(whole));
    }

    [Fact]
    public void Never_merges_over_a_symbol_or_into_it()
    {
        var texts = Enumerable.Repeat("ab<tools>cd<tool_call>ab</s>cd", 5);
        var tokenizer = TokenizerTrainer.Train(texts, Exact with { VocabularySize = FirstMerge + 8 }).Open();

        // ▁ and a, b, c, d make 5 characters and ab, cd, ▁ab the 3 merges; nothing of a symbol's own letters is left.
        Assert.Equal(["ab", "cd", "▁ab", "a", "b", "c", "d", "▁"], Enumerable.Range(FirstMerge, 8).Select(tokenizer.Piece));
        Assert.Equal([264, 5, 263, 4, 262], tokenizer.Encode("ab<tools>cd<tool_call>ab"));
    }

    [Fact]
    public void Never_mixes_scripts_where_told_not_to()
    {
        string[] texts = ["abжщ", "abжщ", "a-b-"];
        var apart = TokenizerTrainer.Train(texts, Exact with { VocabularySize = FirstMerge + 6 + 3 });
        var mixed = TokenizerTrainer.Train(texts, Exact with { SplitByUnicodeScript = false, VocabularySize = FirstMerge + 6 + 4 });

        Assert.Equal(["▁a", "жщ", "▁ab"], Merges(apart));
        Assert.Equal(["▁a", "bж", "bжщ", "▁abжщ"], Merges(mixed));
    }

    [Fact]
    public void Lets_marks_join_their_letter_and_digits_any_script_where_numbers_do_not_split()
    {
        string[] texts = ["e\u0301t3"];
        var options = Exact with { SplitDigits = false, SplitByNumber = false, VocabularySize = FirstMerge + 5 + 4 };

        Assert.Equal("▁e\u0301t3", Merges(TokenizerTrainer.Train(texts, options))[^1]);
    }

    [Fact]
    public void Makes_no_piece_longer_than_told()
    {
        var trained = TokenizerTrainer.Train(["abcdefgh abcdefgh"], Exact with { MaxPieceLength = 3, VocabularySize = FirstMerge + 9 + 5 });

        Assert.Equal(["ab", "cd", "ef", "gh", "▁ab"], Merges(trained));
    }

    [Fact]
    public void Leaves_characters_beyond_the_coverage_to_their_bytes()
    {
        var texts = Enumerable.Repeat("a", 3000).Append("z");
        var tokenizer = TokenizerTrainer.Train(texts, new TokenizerTrainingOptions { VocabularySize = FirstMerge + 3 }).Open();

        Assert.False(tokenizer.TryGetId("z", out _));
        Assert.Equal(["▁", "<0x7A>"], tokenizer.Encode("z").Select(tokenizer.Piece));
    }

    static string[] Merges(TrainedTokenizer trained) =>
        [.. trained.Pieces.Skip(FirstMerge).Take(trained.MergeCount).Select(piece => piece.Text)];

    static IEnumerable<string> Sennrich() =>
        ["low low low low low", "lower lower", "newest newest newest", "newest newest newest", "widest widest widest"];
}
