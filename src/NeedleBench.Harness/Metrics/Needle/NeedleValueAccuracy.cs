using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// Of the arguments that stand in a call and in the first reference call of its tool, the share with an accepted value.
/// </summary>
public static class NeedleValueAccuracy
{
    public const string Name = "needle_value_accuracy";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        NeedleCounts.Of(suiteCase, prediction).Values;
}
