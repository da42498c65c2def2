namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>What we read of a <c>ModelProto</c>, with the defaults of <c>sentencepiece_model.proto</c> where a file is silent.</summary>
sealed class ModelProto
{
    public const int BytePairEncoding = 2;

    public List<PieceEntry> Pieces { get; } = [];

    /// <summary>False for a file that is something else, or cut off behind its pieces.</summary>
    public bool HasTrainerSpec { get; set; }

    /// <summary>1 unigram, 2 BPE, 3 word, 4 char.</summary>
    public int ModelType { get; set; } = 1;

    public bool ByteFallback { get; set; }

    public bool TreatWhitespaceAsSuffix { get; set; }

    public string UnknownSurface { get; set; } = " \u2047 ";

    public string BosPiece { get; set; } = "";

    public string EosPiece { get; set; } = "";

    public string PadPiece { get; set; } = "";

    public string NormalizerName { get; set; } = "";

    public bool HasNormalizerMap { get; set; }

    public bool HasDenormalizerMap { get; set; }

    public bool AddDummyPrefix { get; set; } = true;

    public bool RemoveExtraWhitespaces { get; set; } = true;

    public bool EscapeWhitespaces { get; set; } = true;
}
