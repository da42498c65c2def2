namespace NeedleBench.Harness.Statistics;

/// <summary>What <see cref="PairedBootstrap"/> found.</summary>
/// <param name="Baseline">The baseline's ratio of sums; null where it has no total.</param>
/// <param name="Candidate">The candidate's likewise.</param>
/// <param name="Difference">Candidate minus baseline; null where one of them is.</param>
/// <param name="Interval">95 % of the difference; null where the difference is, or where no resample has one.</param>
public readonly record struct PairedDifference(double? Baseline, double? Candidate, double? Difference, Interval? Interval);
