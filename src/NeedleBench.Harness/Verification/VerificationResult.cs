namespace NeedleBench.Harness.Verification;

/// <summary>How many of the recorded answers a model gave.</summary>
public sealed record VerificationResult(int Vectors, IReadOnlyList<VectorDifference> Differences)
{
    public int Equal => Vectors - Differences.Count;

    /// <summary>Share of equal outputs in [0, 1].</summary>
    public double Share => (double)Equal / Vectors;
}
