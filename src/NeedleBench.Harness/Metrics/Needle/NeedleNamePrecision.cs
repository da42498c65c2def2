using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// Of the different tool names in each answer, the share that is in the reference.
/// </summary>
public static class NeedleNamePrecision
{
    public const string Name = "needle_name_precision";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        NeedleCounts.Of(suiteCase, prediction).Names.Precision;
}
