namespace NeedleBench.Harness.Scoring;

/// <summary>One argument's verdict.</summary>
/// <param name="Name">The argument, as the call or the expectation names it.</param>
/// <param name="Verdict">What is to be said about it.</param>
public readonly record struct ArgumentResult(string Name, ArgumentVerdict Verdict);
