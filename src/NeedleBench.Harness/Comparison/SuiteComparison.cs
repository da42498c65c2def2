namespace NeedleBench.Harness.Comparison;

/// <summary>Two models on one suite.</summary>
/// <param name="ExactMatch">Their exact matches, with the p-value of this suite alone.</param>
/// <param name="AdjustedPValue">That p-value after <see cref="Statistics.Holm"/>'s adjustment over all suites.</param>
public sealed record SuiteComparison(Discordance ExactMatch, double AdjustedPValue);
