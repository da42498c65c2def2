using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.Reports.Tests;

/// <summary>A small run with a model and a baseline, for rendering.</summary>
static class ExampleRun
{
    public static readonly RunDescription Run = new()
    {
        Name = "first",
        StartedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        FinishedAt = new DateTimeOffset(2026, 3, 4, 6, 6, 7, TimeSpan.Zero),
        Version = "0.1.0",
        Models =
        [
            new("keyword", "baseline:keyword", "none", "") { IsBaseline = true },
            new("tiny|model", "san:tiny?precision=int4", "int4", "99887766aabbccddeeff") { WeightBytes = 17_000_000 },
        ],
        Suites = [new("timers", "1.2", 6, "0123456789abcdef", "aaaa"), new("notes", "2", 4, "fedcba9876543210", "bbbb")],
        Repeats = 1,
        Warmups = 3,
        Machine = new("Linux 6", "CPU 9", 2, "AVX2+FMA", 8_000_000_000, ".NET 10.0.1"),
    };

    public static ModelSummary Keyword => Model(
        "baseline:keyword",
        Metrics(0.6, 0.5, 0.7, irrelevance: false) with
        {
            Errors = 4,
            ErrorClasses = new Dictionary<ErrorClass, int> { [ErrorClass.None] = 6, [ErrorClass.ModelError] = 4 },
            Performance = new() { Calls = 6, LatencyP50Ms = 1, LatencyP90Ms = 2 },
        },
        Metrics(0.6, 0.5, 0.7)) with
    {
        Suites = new Dictionary<string, GroupSummary> { ["notes"] = Metrics(0.6, 0, 1) },
        Styles = new Dictionary<string, GroupSummary> { ["terse"] = Metrics(0.6, 0, 1) },
        SuiteMeans = new Dictionary<string, double> { [ExactMatch.Name] = 0.6 },
    };

    public static ModelSummary Tiny(double exact, double low, double high) => Model(
        "san:tiny?precision=int4",
        Metrics(exact, low, high) with
        {
            ErrorClasses = new Dictionary<ErrorClass, int> { [ErrorClass.None] = 8, [ErrorClass.WrongCount] = 2 },
            Performance = new()
            {
                Calls = 10,
                LatencyP50Ms = 12.34,
                LatencyP90Ms = 19.99,
                TimeToFirstTokenP50Ms = 4.5,
                DecodeTokensPerSecond = 1234.56,
            },
        },
        Metrics(0.9, 0, 1)) with
    {
        Suites = new Dictionary<string, GroupSummary> { ["timers"] = Metrics(0.9, 0, 1), ["notes"] = Metrics(0.5, 0, 1) },
        Styles = new Dictionary<string, GroupSummary> { ["terse"] = Metrics(0.75, 0, 1), ["none"] = Metrics(1, 0, 1) },
        Tags = new Dictionary<string, GroupSummary> { ["tools:2"] = Metrics(1, 0, 1), ["tools:10"] = Metrics(0, 0, 1) },
        SuiteMeans = new Dictionary<string, double> { [ExactMatch.Name] = 0.7 },
    };

    public static Summary Summary(params ModelSummary[] models) => new() { Models = models };

    public static ModelSummary Model(string spec, GroupSummary overall, GroupSummary suite) => new()
    {
        Model = spec,
        Overall = overall,
        SuiteMeans = new Dictionary<string, double>(),
        Suites = new Dictionary<string, GroupSummary> { ["timers"] = suite },
        Styles = new Dictionary<string, GroupSummary>(),
        Tags = new Dictionary<string, GroupSummary>(),
    };

    /// <summary>Every metric at one value, but call F1 and irrelevance where said.</summary>
    public static GroupSummary Metrics(double value, double low, double high, double? callF1 = null, bool irrelevance = true) => new()
    {
        Cases = 10,
        Repeats = 1,
        Predictions = 10,
        Errors = 0,
        Metrics = MetricTable.All.ToDictionary(
            m => m.Name,
            m => m.Name == Irrelevance.Name && !irrelevance
                ? new MetricResult(null, null, 0, 0, 0)
                : new MetricResult(m.Name == CallF1.Name ? callF1 ?? value : value, new Interval(low, high), value * 10, 10, 10)),
        ErrorClasses = new Dictionary<ErrorClass, int> { [ErrorClass.None] = 10 },
        Performance = new() { Calls = 10 },
    };
}
