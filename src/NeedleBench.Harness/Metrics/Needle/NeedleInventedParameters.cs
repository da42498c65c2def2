using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// Of the arguments of calls of tools on offer, the share that the tool does not declare. Lower is better.
/// </summary>
public static class NeedleInventedParameters
{
    public const string Name = "needle_invented_parameters";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        NeedleCounts.Of(suiteCase, prediction).Invented;
}
