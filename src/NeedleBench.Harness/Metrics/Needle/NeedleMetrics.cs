namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// The metrics of Needle's own evaluation: rows of <see cref="MetricTable"/>, so that figures its users know can be repeated.
/// Ours differ from them where a name without the prefix exists. <see cref="NeedleCounts"/> says how they are counted.
/// </summary>
static class NeedleMetrics
{
    public static IReadOnlyList<Metric> All { get; } =
    [
        new(NeedleExactMatch.Name, "Exact match (Needle)", "Share of cases whose calls equal the reference after Needle's normalisation of names and values.",
            HigherIsBetter: true, IntervalKind.Wilson, NeedleExactMatch.Measure),
        new(NeedleNamePrecision.Name, "Name precision (Needle)", "Of each answer's set of tool names, the share that is expected, in snake_case.",
            HigherIsBetter: true, IntervalKind.Bootstrap, NeedleNamePrecision.Measure),
        new(NeedleNameRecall.Name, "Name recall (Needle)", "Of each case's set of expected tool names, the share that was called, in snake_case.",
            HigherIsBetter: true, IntervalKind.Bootstrap, NeedleNameRecall.Measure),
        new(NeedleNameF1.Name, "Name F1 (Needle)", "F1 over each case's set of tool names, in snake_case.",
            HigherIsBetter: true, IntervalKind.Bootstrap, NeedleNameF1.Measure),
        new(NeedleCallPrecision.Name, "Call precision (Needle)", "Of each answer's set of normalised calls, the share that is expected.",
            HigherIsBetter: true, IntervalKind.Bootstrap, NeedleCallPrecision.Measure),
        new(NeedleCallRecall.Name, "Call recall (Needle)", "Of each case's set of expected calls, the share that was made.",
            HigherIsBetter: true, IntervalKind.Bootstrap, NeedleCallRecall.Measure),
        new(NeedleCallF1.Name, "Call F1 (Needle)", "F1 over each case's set of normalised calls.",
            HigherIsBetter: true, IntervalKind.Bootstrap, NeedleCallF1.Measure),
        new(NeedleArgumentAccuracy.Name, "Argument accuracy (Needle)", "Of calls of an expected tool, the share whose normalised arguments are those of an expected call of it.",
            HigherIsBetter: true, IntervalKind.Bootstrap, NeedleArgumentAccuracy.Measure),
        new(NeedleInventedParameters.Name, "Invented parameters (Needle)", "Of the arguments of calls of tools on offer, the share that the tool does not declare.",
            HigherIsBetter: false, IntervalKind.Bootstrap, NeedleInventedParameters.Measure),
        new(NeedleMissingParameters.Name, "Missing parameters (Needle)", "Of the arguments expected of a called tool, the share that was not given.",
            HigherIsBetter: false, IntervalKind.Bootstrap, NeedleMissingParameters.Measure),
        new(NeedleValueAccuracy.Name, "Value accuracy (Needle)", "Of the arguments both given and expected, the share with an accepted value after normalisation.",
            HigherIsBetter: true, IntervalKind.Bootstrap, NeedleValueAccuracy.Measure),
        new(NeedleJsonParseRate.Name, "JSON parse rate (Needle)", "Share of answers whose text was JSON, calls or not.",
            HigherIsBetter: true, IntervalKind.Wilson, NeedleJsonParseRate.Measure),
    ];
}
