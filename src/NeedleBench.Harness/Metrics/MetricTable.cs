namespace NeedleBench.Harness.Metrics;

/// <summary>Every metric. To add one: a static function in a file of its own, and a row here.</summary>
public static class MetricTable
{
    public static IReadOnlyList<Metric> All { get; } =
    [
        new(ExactMatch.Name, "Exact match", "Share of cases whose calls are exactly the expected ones.",
            HigherIsBetter: true, IntervalKind.Wilson, ExactMatch.Measure),
        new(CallF1.Name, "Call F1", "2·TP / (predicted + expected calls), TP being calls right in name and all arguments.",
            HigherIsBetter: true, IntervalKind.Bootstrap, CallF1.Measure),
        new(NameF1.Name, "Name F1", "F1 over each case's set of tool names.",
            HigherIsBetter: true, IntervalKind.Bootstrap, NameF1.Measure),
        new(ArgumentAccuracy.Name, "Argument accuracy", "Of calls of an expected tool, the share whose arguments are all right.",
            HigherIsBetter: true, IntervalKind.Bootstrap, ArgumentAccuracy.Measure),
        new(SchemaValidity.Name, "Schema validity", "Share of calls that satisfy the JSON schema of a tool on offer.",
            HigherIsBetter: true, IntervalKind.Bootstrap, SchemaValidity.Measure),
        new(ParseRate.Name, "Parse rate", "Share of cases whose answer could be read as a list of calls.",
            HigherIsBetter: true, IntervalKind.Wilson, ParseRate.Measure),
        new(Irrelevance.Name, "Irrelevance", "Of cases where no call is right, the share readably refused.",
            HigherIsBetter: true, IntervalKind.Wilson, Irrelevance.Measure),
        new(BfclAccuracy.Name, "Accuracy (Berkeley's rules)", "Share of cases that the Berkeley leaderboard's checker would count as right.",
            HigherIsBetter: true, IntervalKind.Wilson, BfclAccuracy.Measure),
        new(IrrelevanceBfcl.Name, "Irrelevance (Berkeley's count)",
            "Of cases where no call is right, the share without a readable call: malformed output is credited.",
            HigherIsBetter: true, IntervalKind.Wilson, IrrelevanceBfcl.Measure),
        .. Needle.NeedleMetrics.All,
    ];
}
