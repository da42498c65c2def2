using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics;

/// <summary>
/// F1 over calls: <c>2·TP / (predicted + expected)</c>, where a true positive is a call right in name and all arguments,
/// assigned one to one. A case with nothing expected and nothing predicted has total 0: refusals are
/// <see cref="Irrelevance"/>'s matter.
/// </summary>
public static class CallF1
{
    public const string Name = "call_f1";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        new(2 * match.ExactCalls, match.Calls.Count + match.ExpectedCalls);
}
