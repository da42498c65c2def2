using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// Of the calls whose name is in the reference, the share whose arguments are those of some reference call of that name.
/// </summary>
public static class NeedleArgumentAccuracy
{
    public const string Name = "needle_argument_accuracy";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        NeedleCounts.Of(suiteCase, prediction).Arguments;
}
