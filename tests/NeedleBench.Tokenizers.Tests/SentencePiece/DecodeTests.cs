namespace NeedleBench.Tokenizers.Tests.SentencePiece;

public class DecodeTests
{
    const int Unknown = 0;
    const int Begin = 1;
    const int A = 2;
    const int Space = 3;
    const int SpaceA = 4;
    const int TwoSpaces = 5;
    const int Symbol = 6;

    [Fact]
    public void Takes_the_dummy_prefix_off_once()
    {
        var tokenizer = Model(new TinyModel { RemoveExtraWhitespaces = false });

        Assert.Equal("a a", tokenizer.Decode([SpaceA, SpaceA]));
        Assert.Equal(" a", tokenizer.Decode([Space, SpaceA]));
        Assert.Equal(" a", tokenizer.Decode([TwoSpaces, A]));
        Assert.Equal("a", tokenizer.Decode([Begin, SpaceA]));
        Assert.Equal("", tokenizer.Decode([]));
    }

    [Fact]
    public void Takes_a_space_off_every_piece_until_text_comes_where_the_model_folds()
    {
        var tokenizer = Model(new TinyModel());

        Assert.Equal("a a", tokenizer.Decode([Space, Begin, Space, SpaceA, SpaceA]));
        Assert.Equal(" a", tokenizer.Decode([Space, TwoSpaces, A]));
    }

    [Fact]
    public void Keeps_the_first_space_where_the_model_adds_none_and_folds_none() =>
        Assert.Equal(" a", Model(new TinyModel { AddDummyPrefix = false, RemoveExtraWhitespaces = false }).Decode([SpaceA]));

    [Fact]
    public void Writes_the_unknown_surface_and_user_defined_symbols()
    {
        Assert.Equal("a \u2047 <x>", Model(new TinyModel()).Decode([SpaceA, Unknown, Symbol]));
        Assert.Equal("a?", Model(new TinyModel { UnknownSurface = "?" }).Decode([SpaceA, Unknown]));
        Assert.Equal("a", Model(new TinyModel { UnknownSurface = "" }).Decode([SpaceA, Unknown]));
    }

    [Theory]
    [InlineData(new[] { 0xC3, 0xA9 }, "é")]
    [InlineData(new[] { 0xF0, 0x9F, 0x98, 0x80 }, "😀")]
    [InlineData(new[] { 0xE2, 0x96 }, "\uFFFD\uFFFD")]
    [InlineData(new[] { 0xF0, 0x9F, 0x98 }, "\uFFFD\uFFFD\uFFFD")]
    [InlineData(new[] { 0xC3, 0x41 }, "\uFFFDA")]
    [InlineData(new[] { 0xA9 }, "\uFFFD")]
    [InlineData(new[] { 0xC0, 0x80 }, "\uFFFD\uFFFD")]
    [InlineData(new[] { 0xED, 0xA0, 0x80 }, "\uFFFD\uFFFD\uFFFD")]
    [InlineData(new[] { 0xF4, 0x90, 0x80, 0x80 }, "\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData(new[] { 0xEF, 0xBF, 0xBD }, "\uFFFD")]
    [InlineData(new[] { 0xE2, 0x96, 0x81 }, "▁")]
    [InlineData(new[] { 0 }, "\0")]
    public void Reads_byte_pieces_as_strict_utf8_with_one_replacement_character_a_wrong_byte(int[] bytes, string text)
    {
        var tokenizer = WithBytes();

        Assert.Equal(text, tokenizer.Decode([.. bytes.Select(value => value + 2)]));
    }

    [Fact]
    public void Does_not_read_bytes_on_over_another_piece()
    {
        var tokenizer = WithBytes();

        Assert.Equal("\uFFFDa\uFFFD", tokenizer.Decode([0xC3 + 2, 1, 0xA9 + 2]));
    }

    [Fact]
    public void Refuses_ids_outside_the_vocabulary()
    {
        var tokenizer = Model(new TinyModel());

        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([A, 7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Piece(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Kind(int.MinValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.TokenText(-1));
    }

    [Fact]
    public void Gives_each_token_the_text_it_adds_in_the_middle_of_an_output()
    {
        var tokenizer = Model(new TinyModel());

        Assert.Equal(["", "", "a", " ", " a", "  ", "<x>"], Enumerable.Range(0, 7).Select(tokenizer.TokenText));
        Assert.Equal(Enumerable.Range(0, 256).Select(value => ((char)value).ToString()), Enumerable.Range(2, 256).Select(WithBytes().TokenText));
    }

    static SentencePieceTokenizer Model(TinyModel model) => model
        .Add("<unk>", 0, PieceKind.Unknown).Add("<s>", 0, PieceKind.Control).Add("a").Add("▁").Add("▁a").Add("▁▁")
        .Add("<x>", 0, PieceKind.UserDefined).Load();

    static SentencePieceTokenizer WithBytes() =>
        new TinyModel { ByteFallback = true }.Add("<unk>", 0, PieceKind.Unknown).Add("a").AddBytes().Load();
}
