using NeedleBench.Harness.Bfcl;

namespace NeedleBench.Harness.Scoring;

/// <summary>One answer, held against its case.</summary>
/// <param name="IsReadable">Whether there was an answer that could be read: no model error, no parse failure.</param>
/// <param name="Calls">The predicted calls in order; empty where nothing could be read.</param>
/// <param name="ExpectedCalls">How many calls are expected.</param>
public sealed record CaseMatch(bool IsReadable, IReadOnlyList<CallMatch> Calls, int ExpectedCalls)
{
    /// <summary>The same answer by the Berkeley checker's rules; null where nobody asked it.</summary>
    public BfclVerdict? Bfcl { get; init; }

    /// <summary>Predicted calls that match an expected call of their own.</summary>
    public int ExactCalls { get; } = Calls.Count(c => c.Exact);

    /// <summary>Whether the answer is right as a whole.</summary>
    public bool IsExact => IsReadable && Calls.Count == ExpectedCalls && ExactCalls == ExpectedCalls;
}
