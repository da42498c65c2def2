using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics;

/// <summary>
/// Of the cases where no call is right, the share that the Berkeley leaderboard would credit: no call, or text that cannot
/// be read as calls. <see cref="Irrelevance"/> asks for a readable refusal instead.
/// </summary>
public static class IrrelevanceBfcl
{
    public const string Name = "irrelevance_bfcl";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        suiteCase.IsRefusal && match.Bfcl is { } verdict ? Tally.Of(verdict.Valid) : Tally.DoesNotApply;
}
