using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics;

/// <summary>
/// Of the cases where no call is right, the share refused. Text that cannot be read and errors of the model are no refusals,
/// unlike in leaderboards that credit them as such.
/// </summary>
public static class Irrelevance
{
    public const string Name = "irrelevance";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        suiteCase.IsRefusal ? Tally.Of(match.IsReadable && match.Calls.Count == 0) : Tally.DoesNotApply;
}
