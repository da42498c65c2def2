using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// Of the arguments in the reference of a called tool, the share that was not given. Lower is better. A tool that was not
/// called at all is a matter of recall, and the reference is the first of that name (<see cref="NeedleCounts.Missing"/>).
/// </summary>
public static class NeedleMissingParameters
{
    public const string Name = "needle_missing_parameters";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        NeedleCounts.Of(suiteCase, prediction).Missing;
}
