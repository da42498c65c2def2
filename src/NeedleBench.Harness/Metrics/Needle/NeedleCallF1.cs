using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// F1 over each case's set of calls. A call made twice counts once, which <see cref="CallF1"/> counts against the model.
/// </summary>
public static class NeedleCallF1
{
    public const string Name = "needle_call_f1";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        NeedleCounts.Of(suiteCase, prediction).Calls.F1;
}
