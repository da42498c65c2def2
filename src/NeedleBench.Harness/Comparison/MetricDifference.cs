using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Comparison;

/// <summary>A metric of two models over the cases that both answered.</summary>
/// <param name="Baseline">The baseline's value; null where the metric applies to none of its answers.</param>
/// <param name="Candidate">The candidate's likewise.</param>
/// <param name="Difference">Candidate minus baseline; null where one of them is.</param>
/// <param name="Interval">95 % of the difference: <see cref="PairedBootstrap"/> over suites and the cases in them.</param>
/// <param name="HigherIsBetter">Whether a difference above 0 is a gain.</param>
/// <param name="Cases">To how many cases it applies, in one of the runs or both.</param>
public sealed record MetricDifference(
    double? Baseline, double? Candidate, double? Difference, Interval? Interval, bool HigherIsBetter, int Cases)
{
    /// <summary>
    /// The difference as a gain or a loss that the interval leaves no doubt about: 1 where it is better, −1 where it is worse,
    /// 0 where the interval holds 0 or there is none.
    /// </summary>
    public int Direction => Interval switch
    {
        { Low: > 0 } => HigherIsBetter ? 1 : -1,
        { High: < 0 } => HigherIsBetter ? -1 : 1,
        _ => 0,
    };
}
