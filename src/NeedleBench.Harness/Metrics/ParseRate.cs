using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics;

/// <summary>Whether the answer could be read. An error of the model counts as unread. Applies to every case.</summary>
public static class ParseRate
{
    public const string Name = "parse_rate";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) => Tally.Of(match.IsReadable);
}
