using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// F1 over each case's set of tool names. <see cref="NameF1"/> but for names, which are compared in snake_case here.
/// </summary>
public static class NeedleNameF1
{
    public const string Name = "needle_name_f1";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        NeedleCounts.Of(suiteCase, prediction).Names.F1;
}
