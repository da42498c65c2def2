namespace NeedleBench.Tokenizers.Tests.SentencePiece;

/// <summary>A hand-made model, written as protobuf by the encoding's own rules and by none of the code under test.</summary>
sealed class TinyModel
{
    readonly List<(string Text, float Score, int Kind)> _pieces = [];

    /// <summary>2 is BPE; null leaves the field out.</summary>
    public int? ModelType { get; init; } = 2;

    public bool WithTrainerSpec { get; init; } = true;

    public bool ByteFallback { get; init; }

    public bool WhitespaceAsSuffix { get; init; }

    public bool? AddDummyPrefix { get; init; }

    public bool? RemoveExtraWhitespaces { get; init; }

    public bool? EscapeWhitespaces { get; init; }

    public string? UnknownSurface { get; init; }

    public string? BosPiece { get; init; }

    public string NormalizerName { get; init; } = "identity";

    public byte[] NormalizerMap { get; init; } = [];

    public byte[] DenormalizerMap { get; init; } = [];

    /// <summary>A model that holds the unknown piece as id 0 and nothing folded, prefixed or else done to its text.</summary>
    public static TinyModel Plain(params (string Text, float Score)[] normal)
    {
        var model = new TinyModel { AddDummyPrefix = false, RemoveExtraWhitespaces = false }.Add("<unk>", 0, PieceKind.Unknown);
        foreach (var (text, score) in normal)
        {
            model.Add(text, score);
        }

        return model;
    }

    public TinyModel Add(string text, float score = 0, PieceKind kind = PieceKind.Normal)
    {
        _pieces.Add((text, score, (int)kind));
        return this;
    }

    public TinyModel AddBytes()
    {
        for (var value = 0; value < 256; value++)
        {
            Add($"<0x{value:X2}>", 0, PieceKind.Byte);
        }

        return this;
    }

    public SentencePieceTokenizer Load() => SentencePieceTokenizer.Load(ToBytes());

    public byte[] ToBytes()
    {
        var file = new ProtoWriter();
        foreach (var (text, score, kind) in _pieces)
        {
            file.Message(1, new ProtoWriter().Text(1, text).Float(2, score).Number(3, kind));
        }

        if (WithTrainerSpec)
        {
            file.Message(2, new ProtoWriter()
                .Number(3, ModelType)
                .Flag(24, WhitespaceAsSuffix)
                .Flag(35, ByteFallback)
                .Text(44, UnknownSurface)
                .Text(46, BosPiece));
        }

        file.Message(3, new ProtoWriter()
            .Text(1, NormalizerName)
            .Bytes(2, NormalizerMap)
            .Flag(3, AddDummyPrefix)
            .Flag(4, RemoveExtraWhitespaces)
            .Flag(5, EscapeWhitespaces));
        if (DenormalizerMap.Length > 0)
        {
            file.Message(5, new ProtoWriter().Bytes(2, DenormalizerMap));
        }

        return file.ToArray();
    }
}
