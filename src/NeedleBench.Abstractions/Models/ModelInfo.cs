namespace NeedleBench;

/// <summary>What a model is: enough to tell whether two results come from the same thing.</summary>
/// <param name="Name">Short, for a table row, e.g. <c>san-nano</c>.</param>
/// <param name="Spec">The spec it was opened by.</param>
/// <param name="Precision">How the weights are held: <c>fp32</c>, <c>int8</c>, <c>int4</c>, …; <c>unknown</c> behind a server.</param>
/// <param name="Fingerprint">
/// Hexadecimal hash over all that decides an answer: weights, prompt form, decoding settings. Empty where it cannot be known.
/// </param>
public sealed record ModelInfo(string Name, string Spec, string Precision, string Fingerprint)
{
    /// <summary>Number of weights, where known.</summary>
    public long? Parameters { get; init; }

    /// <summary>Bytes that the weights take in memory at <see cref="Precision"/>, where known.</summary>
    public long? WeightBytes { get; init; }

    /// <summary>The most tokens that prompt and answer may have together, where known.</summary>
    public int? ContextLength { get; init; }

    /// <summary>Whether this is a floor or a ceiling that learns nothing, to be marked as such.</summary>
    public bool IsBaseline { get; init; }
}
