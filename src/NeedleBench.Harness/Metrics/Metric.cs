using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics;

/// <summary>A row of <see cref="MetricTable"/>.</summary>
/// <param name="Name">snake_case, as files hold it.</param>
/// <param name="Title">For a heading.</param>
/// <param name="Definition">One line, for a footnote.</param>
/// <param name="HigherIsBetter">Which way is better.</param>
/// <param name="Interval">How its interval is computed.</param>
/// <param name="Measure">One case's tally.</param>
public sealed record Metric(
    string Name,
    string Title,
    string Definition,
    bool HigherIsBetter,
    IntervalKind Interval,
    Func<SuiteCase, Prediction, CaseMatch, Tally> Measure);
