namespace NeedleBench.Harness.Statistics;

/// <summary>A metric over a group of cases.</summary>
/// <param name="Value"><paramref name="Hits"/> / <paramref name="Total"/>; null where it applies to no case.</param>
/// <param name="Interval">95 %, over cases: repeats of a case are averaged first and do not narrow it.</param>
/// <param name="Hits">Summed over cases; a case counts with the mean of its repeats.</param>
/// <param name="Total">Summed likewise.</param>
/// <param name="Cases">How many cases it applies to.</param>
public sealed record MetricResult(double? Value, Interval? Interval, double Hits, double Total, int Cases);
