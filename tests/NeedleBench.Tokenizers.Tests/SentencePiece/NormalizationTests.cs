namespace NeedleBench.Tokenizers.Tests.SentencePiece;

public class NormalizationTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" ", "")]
    [InlineData("a", "▁ a")]
    [InlineData("  a  a ", "▁ a ▁ a")]
    [InlineData("a\t a", "▁ a \t ▁ a")]
    [InlineData("▁", "")]
    [InlineData("a▁ ", "▁ a")]
    public void Folds_and_trims_spaces_and_adds_the_dummy_prefix_by_default(string text, string pieces) =>
        Assert.Equal(pieces, Pieces(new TinyModel(), text));

    [Theory]
    [InlineData("", "")]
    [InlineData(" ", "▁ ▁")]
    [InlineData(" a  a ", "▁ ▁ a ▁ ▁ a ▁")]
    public void Keeps_every_space_where_the_model_does_not_fold(string text, string pieces) =>
        Assert.Equal(pieces, Pieces(new TinyModel { RemoveExtraWhitespaces = false }, text));

    [Theory]
    [InlineData("a a", "a ▁ a")]
    [InlineData("  a", "a")]
    public void Adds_no_prefix_where_the_model_asks_for_none(string text, string pieces) =>
        Assert.Equal(pieces, Pieces(new TinyModel { AddDummyPrefix = false }, text));

    [Theory]
    [InlineData(" a  a ", "a ▁ a ▁")]
    [InlineData("  ", "")]
    public void Puts_the_dummy_space_behind_where_whitespace_is_a_suffix(string text, string pieces) =>
        Assert.Equal(pieces, Pieces(new TinyModel { WhitespaceAsSuffix = true }, text));

    [Fact]
    public void Leaves_spaces_as_they_are_where_the_model_does_not_escape_them()
    {
        var tokenizer = new TinyModel { EscapeWhitespaces = false }
            .Add("<unk>", 0, PieceKind.Unknown).Add("a").Add(" ").Add(" a", 1).Load();

        Assert.Equal([3, 3], tokenizer.Encode(" a  a "));
    }

    [Fact]
    public void Reads_a_lone_surrogate_as_the_replacement_character()
    {
        var tokenizer = TinyModel.Plain(("a", 0), ("\uFFFD", 0), ("😀", 0)).Load();

        Assert.Equal([1, 2, 1], tokenizer.Encode("a\uD83Da"));
        Assert.Equal([2, 1], tokenizer.Encode("\uDE00a"));
        Assert.Equal([2, 3, 2], tokenizer.Encode("\uD83D\uD83D\uDE00\uD83D"));
        Assert.Equal([2, 2], tokenizer.Encode("\uDE00\uD83D"));
    }

    [Fact]
    public void Cuts_user_defined_symbols_out_longest_first_and_merges_nothing_with_them()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("b", -9), ("<", -9), ("<x", -9), ("ab", 1), ("b<", 2), ("ba", 3))
            .Add("<x>", 9, PieceKind.UserDefined)
            .Add("<x>a", 0, PieceKind.UserDefined)
            .Load();

        Assert.Equal(["ab", "<x>a", "b"], tokenizer.Encode("ab<x>ab").Select(tokenizer.Piece));
        Assert.Equal(["<x>", "ba"], tokenizer.Encode("<x>ba").Select(tokenizer.Piece));
        Assert.Equal(["<x>", "<x>"], tokenizer.Encode("<x><x>").Select(tokenizer.Piece));
        Assert.Equal(["a", "b<", "<unk>"], tokenizer.Encode("ab<x").Select(tokenizer.Piece));
    }

    [Fact]
    public void Looks_for_user_defined_symbols_behind_the_escaping_of_spaces()
    {
        // The folding leaves the spaces of "a  b" alone, because they stand in a symbol; but what the model then sees is a▁▁b.
        var model = new TinyModel { AddDummyPrefix = false }
            .Add("<unk>", 0, PieceKind.Unknown).Add("a").Add("b").Add("▁")
            .Add("a  b", 0, PieceKind.UserDefined).Add("b▁a", 0, PieceKind.UserDefined);
        var tokenizer = model.Load();

        Assert.Equal([1, 3, 3, 2], tokenizer.Encode("a  b"));
        Assert.Equal([1, 3, 1, 3, 3, 2], tokenizer.Encode("a  a  b"));
        Assert.Equal([5], tokenizer.Encode("b   a"));
    }

    static string Pieces(TinyModel model, string text)
    {
        var tokenizer = model.Add("<unk>", 0, PieceKind.Unknown).Add("a").Add("▁").Add("\t").Load();
        return string.Join(' ', tokenizer.Encode(text).Select(tokenizer.Piece));
    }
}
