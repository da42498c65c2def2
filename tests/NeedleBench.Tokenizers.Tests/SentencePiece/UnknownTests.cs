using System.Text;

namespace NeedleBench.Tokenizers.Tests.SentencePiece;

public class UnknownTests
{
    [Fact]
    public void Fuses_unknown_characters_in_a_row_to_one_id()
    {
        var tokenizer = TinyModel.Plain(("a", 0), ("▁", 0)).Load();

        Assert.Equal([0, 1, 0], tokenizer.Encode("xyzaéß😀"));
        Assert.Equal([0, 2, 0], tokenizer.Encode("x y"));
    }

    [Fact]
    public void Does_not_fuse_unknowns_over_a_user_defined_symbol()
    {
        var tokenizer = TinyModel.Plain(("a", 0)).Add("<x>", 0, PieceKind.UserDefined).Load();

        Assert.Equal([0, 2, 0], tokenizer.Encode("yy<x>yy"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("世")]
    [InlineData("😀")]
    [InlineData("😀xé世")]
    public void Writes_unknown_characters_as_their_bytes_where_the_model_has_them(string text)
    {
        var tokenizer = WithBytes().Load();

        Assert.Equal(Encoding.UTF8.GetBytes(text).Select(value => value + 2), tokenizer.Encode(text));
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Fact]
    public void Writes_an_unknown_space_as_the_bytes_of_its_symbol() =>
        Assert.Equal([0xE2 + 2, 0x96 + 2, 0x81 + 2], WithBytes().Load().Encode(" "));

    [Fact]
    public void Never_encodes_text_to_a_control_or_a_byte_or_the_unknown_piece()
    {
        var tokenizer = TinyModel.Plain(("<", 0), ("s", 0), (">", 0), ("<s", 1))
            .Add("<s>", 5, PieceKind.Control).Add("§", 5, PieceKind.Control).Load();

        Assert.Equal(["<s", ">"], tokenizer.Encode("<s>").Select(tokenizer.Piece));
        Assert.Equal([0], tokenizer.Encode("§"));
        Assert.DoesNotContain(0x41 + 2, WithBytes().Load().Encode("<0x41>"));
    }

    static TinyModel WithBytes() =>
        new TinyModel { ByteFallback = true, AddDummyPrefix = false, RemoveExtraWhitespaces = false }
            .Add("<unk>", 0, PieceKind.Unknown).Add("a").AddBytes();
}
