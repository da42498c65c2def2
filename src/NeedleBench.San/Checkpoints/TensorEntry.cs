namespace NeedleBench.San.Checkpoints;

/// <summary>One row of a safetensors header.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Dtype">Its number format as the file spells it: <c>F32</c>, <c>BF16</c>, <c>I64</c>, …</param>
/// <param name="Shape">Its sizes, outermost first; empty for a single number.</param>
/// <param name="Begin">Where its bytes begin, counted from the end of the header.</param>
/// <param name="End">Where they end, exclusive.</param>
public readonly record struct TensorEntry(string Name, string Dtype, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>How many numbers it has.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
