using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// Of the different calls in each answer, the share that is in the reference. A call made twice counts once.
/// </summary>
public static class NeedleCallPrecision
{
    public const string Name = "needle_call_precision";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        NeedleCounts.Of(suiteCase, prediction).Calls.Precision;
}
