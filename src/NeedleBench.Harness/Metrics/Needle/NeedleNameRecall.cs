using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// Of the different tool names in each reference, the share that is in the answer.
/// </summary>
public static class NeedleNameRecall
{
    public const string Name = "needle_name_recall";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        NeedleCounts.Of(suiteCase, prediction).Names.Recall;
}
