using System.Globalization;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.Reports;

/// <summary>A run's models beside published figures, as a Markdown table.</summary>
public static class PublishedMarkdown
{
    /// <summary>A row for each model of the run that is no baseline, then the published ones.</summary>
    /// <exception cref="InputException">A suite of the published figures was not run.</exception>
    public static string Render(RunDescription run, Summary summary, PublishedScores published)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(published);
        var table = new MarkdownTable(["Model", ">Parameters", .. published.Suites.Select(s => $">{s} %"), "Source"]);
        foreach (var model in RankedModel.RankAll(run, summary).Where(m => !m.Info.IsBaseline))
        {
            table.Add(
            [
                $"{model.Label} {model.Info.Precision}", Millions(model.Info.Parameters),
                .. published.Suites.Select(suite => Figures.PercentWithInterval(Result(model.Summary, suite, published.Metric))), "measured here",
            ]);
        }

        foreach (var row in published.Models)
        {
            table.Add([row.Model, row.Parameters, .. row.Scores.Select(s => Figures.Fixed(s, 1)), row.Source]);
        }

        return $"{table}\n{published.Note} {MeasurementNotes.OneLine(run)}\n";
    }

    static MetricResult Result(ModelSummary model, string suite, string metric) =>
        model.Suites.GetValueOrDefault(suite)?.Metrics.GetValueOrDefault(metric) ?? throw new InputException(
            $"the run has no '{metric}' of the suite '{suite}'", "Run all suites that the published figures name.");

    static string Millions(long? parameters) =>
        parameters is { } count ? (count / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + "M" : Figures.Nothing;
}
