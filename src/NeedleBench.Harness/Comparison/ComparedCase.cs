namespace NeedleBench.Harness.Comparison;

/// <summary>Names a case over all suites.</summary>
/// <param name="Suite">The suite's name.</param>
/// <param name="Case">The case's id.</param>
public readonly record struct ComparedCase(string Suite, string Case);
