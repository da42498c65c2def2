using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Tokenizers.Tests.SentencePiece;

/// <summary>Expected bytes come from a writer of the tests' own.</summary>
public sealed class ModelProtoWriterTests
{
    [Fact]
    public void Leaves_fields_at_their_defaults_out()
    {
        var expected = new ProtoWriter()
            .Message(1, new ProtoWriter().Text(1, "<unk>").Float(2, 0).Number(3, 2))
            .Message(1, new ProtoWriter().Text(1, "▁a").Float(2, -0f))
            .Message(2, new ProtoWriter().Number(3, 2).Number(4, 2).Number(40, 3).Number(41, 2).Number(42, 1).Number(43, 0))
            .Message(3, new ProtoWriter().Text(1, "identity").Bytes(2, []))
            .ToArray();

        Assert.Equal(expected, Written(new TrainerSpec()));
    }

    [Fact]
    public void Writes_every_field_that_is_not_at_its_default()
    {
        var expected = new ProtoWriter()
            .Message(1, new ProtoWriter().Text(1, "<unk>").Float(2, 0).Number(3, 2))
            .Message(1, new ProtoWriter().Text(1, "▁a").Float(2, -0f))
            .Message(2, new ProtoWriter().Number(3, 2).Number(4, 2).Float(10, 1).Number(18, 9).Number(20, 8).Number(21, 0).Number(23, 0)
                .Number(25, 1).Text(31, "<x>").Text(31, "<y>").Number(35, 1).Number(40, 0).Number(41, 1).Number(42, 2).Number(43, -1))
            .Message(3, new ProtoWriter().Text(1, "identity").Bytes(2, []).Number(3, 0).Number(4, 0))
            .ToArray();
        var spec = new TrainerSpec
        {
            CharacterCoverage = 1,
            MaxSentenceLength = 9,
            MaxPieceLength = 8,
            SplitByUnicodeScript = false,
            SplitByNumber = false,
            SplitDigits = true,
            ByteFallback = true,
            UserDefinedSymbols = ["<x>", "<y>"],
            UnknownId = 0,
            BosId = 1,
            EosId = 2,
            PadId = -1,
            AddDummyPrefix = false,
            RemoveExtraWhitespaces = false,
        };

        Assert.Equal(expected, Written(spec));
    }

    [Fact]
    public void Writes_what_the_tokenizer_reads()
    {
        var tokenizer = SentencePieceTokenizer.Load(Written(new TrainerSpec()));

        Assert.Equal("▁a", tokenizer.Piece(1));
        Assert.Equal([1], tokenizer.Encode("a"));
    }

    static byte[] Written(TrainerSpec spec)
    {
        using var file = new MemoryStream();
        ModelProtoWriter.Write(file, [new PieceEntry("<unk>", 0, PieceKind.Unknown), new PieceEntry("▁a", -0f, PieceKind.Normal)], spec);
        return file.ToArray();
    }
}
