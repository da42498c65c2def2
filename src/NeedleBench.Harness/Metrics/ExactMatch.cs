using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics;

/// <summary>
/// Whether the answer is right as a whole: readable, and exactly the expected calls in any order. Applies to every case.
/// </summary>
public static class ExactMatch
{
    public const string Name = "exact_match";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) => Tally.Of(match.IsExact);
}
