namespace NeedleBench.San.Checkpoints;

/// <summary>
/// The projections of one attention, row-major [out, in], and the zero-centred γ of its per-head norms. d is the hidden size, h
/// the query heads, kv the key/value heads, s the head size.
/// </summary>
/// <param name="Query">[h·s, d].</param>
/// <param name="Key">[kv·s, d].</param>
/// <param name="Value">[kv·s, d].</param>
/// <param name="Output">[d, h·s].</param>
/// <param name="QueryNorm">[s].</param>
/// <param name="KeyNorm">[s].</param>
public sealed record AttentionWeights(
    float[] Query, float[] Key, float[] Value, float[] Output, float[] QueryNorm, float[] KeyNorm);
