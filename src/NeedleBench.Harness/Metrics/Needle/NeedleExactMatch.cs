using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// Both answer and reference are empty, or their sorted calls are equal after Needle's normalisation. Applies to every case; unlike
/// in <see cref="ExactMatch"/>, an answer without any text is a refusal.
/// </summary>
public static class NeedleExactMatch
{
    public const string Name = "needle_exact_match";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        Tally.Of(NeedleCounts.Of(suiteCase, prediction).IsExact);
}
