using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics;

/// <summary>
/// F1 over tool names, as Needle's own evaluation counts them: over the <em>set</em> of names of a case, so that a tool
/// called twice counts once.
/// </summary>
public static class NameF1
{
    public const string Name = "name_f1";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match)
    {
        var predicted = match.Calls.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var expected = suiteCase.Expected.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        return new Tally(2 * predicted.Count(expected.Contains), predicted.Count + expected.Count);
    }
}
