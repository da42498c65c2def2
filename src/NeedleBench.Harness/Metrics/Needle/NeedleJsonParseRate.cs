using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// Whether the answer's text was JSON, calls or not. Applies to every case. An error of the model counts as no JSON.
/// </summary>
public static class NeedleJsonParseRate
{
    public const string Name = "needle_json_parse_rate";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        Tally.Of(NeedleCounts.Of(suiteCase, prediction).IsJson);
}
