using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Metrics.Needle;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.Reports;

/// <summary>
/// <c>leaderboard.md</c>: one run's models ranked by exact match, with what a reader needs to judge the ranking.
/// </summary>
public static class LeaderboardMarkdown
{
    static readonly (string Metric, string Title)[] OtherCounts =
    [
        (BfclAccuracy.Name, "Berkeley accuracy"),
        (IrrelevanceBfcl.Name, "Berkeley irrelevance, malformed text credited"),
        (NeedleExactMatch.Name, "Needle exact match"),
        (NeedleCallF1.Name, "Needle call F1"),
        (NeedleNameF1.Name, "Needle name F1"),
        (NeedleArgumentAccuracy.Name, "Needle argument accuracy"),
        (NeedleValueAccuracy.Name, "Needle value accuracy"),
        (NeedleJsonParseRate.Name, "Needle parse rate"),
    ];

    /// <summary>The whole leaderboard. Lines end with a line feed.</summary>
    /// <param name="run">The run.</param>
    /// <param name="summary">Its summary.</param>
    /// <exception cref="InputException">The summary is of another run, or of another version that lacks a metric.</exception>
    public static string Render(RunDescription run, Summary summary)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(summary);
        var models = RankedModel.RankAll(run, summary);
        return string.Join('\n', Sections());

        IEnumerable<string> Sections()
        {
            yield return $"# Leaderboard: {run.Name}\n";
            yield return MainTable(models);
            yield return Footnotes(models);
            if (OtherCounts.Any(c => models.Any(m => m.Summary.Overall.Metrics.ContainsKey(c.Metric))))
            {
                yield return "## As others count\n";
                yield return OtherCountsTable(models);
            }

            yield return "## Exact match by suite\n";
            yield return SuiteTable(run, models);
            yield return "## Exact match by style of request\n";
            yield return GroupTable(models, m => m.Summary.Styles);
            if (models.Any(m => m.Summary.Tags.Count > 0))
            {
                yield return "## Exact match by tools seen and unseen in training\n";
                yield return GroupTable(models, m => m.Summary.Tags);
            }

            yield return "## Errors by class\n";
            yield return ErrorTable(models);
            yield return "## How it was measured\n";
            yield return MeasurementNotes.Render(run, summary, models);
        }
    }

    /// <summary>The main table with fewer columns and one line on the run, for a README.</summary>
    /// <inheritdoc cref="Render"/>
    public static string RenderExcerpt(RunDescription run, Summary summary)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(summary);
        var models = RankedModel.RankAll(run, summary);
        var dialects = DialectColumn(models);
        var memory = MemoryColumn(models);
        var table = new MarkdownTable(
            ["#", "Model", "Precision", .. dialects, ">Exact match %", ">Call F1 %", ">Irrelevance %", ">Latency p50 ms", ">Decode tok/s",
            ">Weights MB", .. memory]);
        foreach (var model in models)
        {
            var performance = model.Summary.Overall.Performance;
            table.Add(
            [
                model.RankLabel, model.Label, model.Info.Precision, .. dialects.Select(_ => model.Dialect),
                Figures.PercentWithInterval(model.Overall(ExactMatch.Name)),
                Figures.Percent(model.Overall(CallF1.Name).Value),
                Figures.Percent(model.Overall(Irrelevance.Name).Value),
                Figures.Fixed(performance.LatencyP50Ms, 1),
                Figures.Fixed(performance.DecodeTokensPerSecond, 1),
                Figures.Megabytes(model.Info.WeightBytes),
                .. memory.Select(_ => Figures.Megabytes(model.Summary.PeakMemoryBytes)),
            ]);
        }

        var styles = GroupTable(models, m => m.Summary.Styles);
        var tools = models.Any(m => m.Summary.Tags.Count > 0)
            ? $"\nExact match %, by whether the tool to call was seen in training:\n\n{GroupTable(models, m => m.Summary.Tags)}"
            : "";
        return $"{table}\n{Footnotes(models)}\n{MeasurementNotes.OneLine(run)}\n\nExact match %, by style of request:\n\n{styles}{tools}";
    }

    // The same answers by the rules of other people's evaluations, for comparison with figures published elsewhere.
    static string OtherCountsTable(IReadOnlyList<RankedModel> models)
    {
        var table = new MarkdownTable(["Model", "Precision", .. OtherCounts.Select(c => $">{c.Title} %")]);
        foreach (var model in models)
        {
            table.Add(
            [
                model.Label, model.Info.Precision,
                .. OtherCounts.Select(c => Figures.Percent(model.Summary.Overall.Metrics.GetValueOrDefault(c.Metric)?.Value)),
            ]);
        }

        return table.ToString();
    }

    static string MainTable(IReadOnlyList<RankedModel> models)
    {
        var dialects = DialectColumn(models);
        var memory = MemoryColumn(models);
        var table = new MarkdownTable(
            ["#", "Model", "Precision", .. dialects, ">Exact match %", ">Call F1 %", ">Name F1 %", ">Argument accuracy %",
            ">Schema validity %", ">Parse rate %", ">Irrelevance %", ">TTFT p50 ms", ">Latency p50 / p90 ms", ">Decode tok/s", ">Weights MB",
            .. memory]);
        foreach (var model in models)
        {
            var performance = model.Summary.Overall.Performance;
            table.Add(
            [
                model.RankLabel, model.Label, model.Info.Precision, .. dialects.Select(_ => model.Dialect),
                Figures.PercentWithInterval(model.Overall(ExactMatch.Name)),
                Figures.Percent(model.Overall(CallF1.Name).Value),
                Figures.Percent(model.Overall(NameF1.Name).Value),
                Figures.Percent(model.Overall(ArgumentAccuracy.Name).Value),
                Figures.Percent(model.Overall(SchemaValidity.Name).Value),
                Figures.Percent(model.Overall(ParseRate.Name).Value),
                Figures.Percent(model.Overall(Irrelevance.Name).Value),
                Figures.Fixed(performance.TimeToFirstTokenP50Ms, 1),
                $"{Figures.Fixed(performance.LatencyP50Ms, 1)} / {Figures.Fixed(performance.LatencyP90Ms, 1)}",
                Figures.Fixed(performance.DecodeTokensPerSecond, 1),
                Figures.Megabytes(model.Info.WeightBytes),
                .. memory.Select(_ => Figures.Megabytes(model.Summary.PeakMemoryBytes)),
            ]);
        }

        return table.ToString();
    }

    // One column where a model was asked by a prompt of ours, so that no two rows look alike that were not measured alike; else none.
    static string[] DialectColumn(IReadOnlyList<RankedModel> models) =>
        models.Any(m => m.Summary.DialectFingerprints is { Count: > 0 }) ? ["Dialect fingerprint"] : [];

    // One column where some model's memory was measured; else none.
    static string[] MemoryColumn(IReadOnlyList<RankedModel> models) =>
        models.Any(m => m.Summary.PeakMemoryBytes is not null) ? [">Peak memory MB"] : [];

    static string Footnotes(IReadOnlyList<RankedModel> models)
    {
        const string Brackets = "[…] is the 95 % interval over cases.";
        const string Close =
            " ≈ marks a model whose interval overlaps with that of the model one rank above: these figures alone do not settle which of the two is better.";
        const string Baselines = " Baselines learn nothing and are not ranked: gold answers from the case, keyword matches words, none always refuses.";
        const string Memory = " Peak memory is peak resident memory above an empty process, in a process of its own.";
        return $"{Brackets}{(models.Any(m => m.IsCloseToAbove) ? Close : "")}{(models.Any(m => m.Info.IsBaseline) ? Baselines : "")}"
            + $"{(MemoryColumn(models).Length > 0 ? Memory : "")}\n";
    }

    static string SuiteTable(RunDescription run, IReadOnlyList<RankedModel> models)
    {
        var names = run.Suites.Select(s => s.Name).ToList();
        var table = new MarkdownTable(["Model", "Precision", .. names.Select(n => $">{n}"), ">mean of suites"]);
        foreach (var model in models)
        {
            table.Add(
            [
                model.Label, model.Info.Precision, .. names.Select(n => ExactMatchOf(model.Summary.Suites, n)),
                Figures.Percent(model.Summary.SuiteMeans.TryGetValue(ExactMatch.Name, out var mean) ? mean : null),
            ]);
        }

        return table.ToString();
    }

    static string GroupTable(
        IReadOnlyList<RankedModel> models, Func<RankedModel, IReadOnlyDictionary<string, GroupSummary>> groupsOf)
    {
        // Models of an unfinished run may not have met every group; the first that has one gives its place.
        var names = models.SelectMany(m => groupsOf(m).Keys).Distinct(StringComparer.Ordinal).ToList();
        var table = new MarkdownTable(["Model", "Precision", .. names.Select(n => $">{n}")]);
        foreach (var model in models)
        {
            table.Add([model.Label, model.Info.Precision, .. names.Select(n => ExactMatchOf(groupsOf(model), n))]);
        }

        return table.ToString();
    }

    static string ExactMatchOf(IReadOnlyDictionary<string, GroupSummary> groups, string name) =>
        Figures.Percent(groups.GetValueOrDefault(name)?.Metrics.GetValueOrDefault(ExactMatch.Name)?.Value);

    static string ErrorTable(IReadOnlyList<RankedModel> models)
    {
        var classes = Enum.GetValues<ErrorClass>()
            .Where(c => models.Any(m => m.Summary.Overall.ErrorClasses.ContainsKey(c)))
            .ToList();
        var table = new MarkdownTable(["Model", "Precision", .. classes.Select(c => $">{Words(c)}")]);
        foreach (var model in models)
        {
            var counts = model.Summary.Overall.ErrorClasses;
            table.Add([model.Label, model.Info.Precision, .. classes.Select(c => Figures.Count(counts.GetValueOrDefault(c)))]);
        }

        return table.ToString();
    }

    // WrongCount → "wrong count"
    static string Words(ErrorClass error) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(error.ToString()).Replace('_', ' ');
}
