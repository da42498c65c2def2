using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Running;

/// <summary>One call to make.</summary>
/// <param name="Key">What it is recorded under.</param>
/// <param name="Case">What is asked.</param>
public readonly record struct RunItem(RunItemKey Key, SuiteCase Case);
