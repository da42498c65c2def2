using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics;

/// <summary>
/// Whether the Berkeley leaderboard would count the answer as right: <see cref="Bfcl.BfclChecker"/>'s verdict. Where no call
/// is right, text that cannot be read and errors of the model count as abstention, as they do there.
/// </summary>
public static class BfclAccuracy
{
    public const string Name = "bfcl_accuracy";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        match.Bfcl is { } verdict ? Tally.Of(verdict.Valid) : Tally.DoesNotApply;
}
