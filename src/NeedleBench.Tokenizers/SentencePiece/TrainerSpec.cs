namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>
/// What a BPE model file says of how it was trained (<c>trainer_spec</c>) and of how text is normalised
/// (<c>normalizer_spec</c>). The defaults are those of <c>sentencepiece_model.proto</c>, except for the ids, which the
/// proto numbers otherwise.
/// </summary>
public readonly record struct TrainerSpec()
{
    /// <summary>The share of the corpus's characters that have a piece of their own.</summary>
    public float CharacterCoverage { get; init; } = 0.9995f;

    /// <summary>Longer training texts, in UTF-8 bytes, were passed over.</summary>
    public int MaxSentenceLength { get; init; } = 4192;

    /// <summary>The most code points of a piece.</summary>
    public int MaxPieceLength { get; init; } = 16;

    public bool SplitByUnicodeScript { get; init; } = true;

    public bool SplitByNumber { get; init; } = true;

    public bool SplitDigits { get; init; }

    public bool ByteFallback { get; init; }

    public IReadOnlyList<string> UserDefinedSymbols { get; init; } = [];

    public int UnknownId { get; init; } = 3;

    public int BosId { get; init; } = 2;

    public int EosId { get; init; } = 1;

    public int PadId { get; init; }

    /// <summary>Whether a space is put before a text.</summary>
    public bool AddDummyPrefix { get; init; } = true;

    /// <summary>Whether spaces are trimmed, and runs of them folded.</summary>
    public bool RemoveExtraWhitespaces { get; init; } = true;
}
