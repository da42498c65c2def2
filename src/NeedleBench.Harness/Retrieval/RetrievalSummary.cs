using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Retrieval;

/// <summary>How well a model ranks tools, over cases in which a tool is to be called.</summary>
/// <param name="Group">Which cases.</param>
/// <param name="Cases">How many.</param>
/// <param name="Recall">
/// At 1 to 5, by position: the mean over cases of the share of a case's tools to call that stand among the first k. (As Needle's
/// own evaluation has it: a case with two tools cannot reach 1 at k = 1.)
/// </param>
/// <param name="AllInTop5">Cases whose tools to call all stand among the first five.</param>
/// <param name="MeanReciprocalRank">Mean over cases of 1 / the rank of the first tool to call.</param>
public sealed record RetrievalSummary(string Group, int Cases, IReadOnlyList<double> Recall, int AllInTop5, double MeanReciprocalRank)
{
    /// <summary>The 95 % interval of the share of cases whose tools all stand among the first five.</summary>
    public Interval AllInTop5Interval => Wilson.Of(AllInTop5, Cases);
}
