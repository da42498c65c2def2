using NeedleBench.Harness.Running;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Scoring;

/// <summary>A run's description and the summary of its scores: all that a report is made of.</summary>
public sealed record ScoredRun(RunDescription Description, Summary Summary);
