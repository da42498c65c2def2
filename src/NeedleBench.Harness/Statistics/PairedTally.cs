using NeedleBench.Harness.Metrics;

namespace NeedleBench.Harness.Statistics;

/// <summary>One case's share of a metric in two runs.</summary>
public readonly record struct PairedTally(Tally Baseline, Tally Candidate);
