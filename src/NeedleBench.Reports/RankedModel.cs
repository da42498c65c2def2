using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.Reports;

/// <summary>A model's place in the leaderboard.</summary>
/// <param name="Rank">1-based; null for a baseline, which stands in its place by score and takes part in no ranking.</param>
/// <param name="IsCloseToAbove">Whether its exact-match interval overlaps with that of the model one rank above.</param>
/// <param name="Info">What it is.</param>
/// <param name="Summary">What it scored.</param>
sealed record RankedModel(int? Rank, bool IsCloseToAbove, ModelInfo Info, ModelSummary Summary)
{
    /// <summary>Its name, marked where it is a floor or a ceiling that learns nothing.</summary>
    public string Label => Info.IsBaseline ? $"{Info.Name} (baseline)" : Info.Name;

    public string RankLabel => Rank is { } rank ? Figures.Count(rank) + (IsCloseToAbove ? " ≈" : "") : Figures.Nothing;

    /// <summary>The fingerprints of the prompt forms that it answered to; a dash where it has none.</summary>
    public string Dialect => Summary.DialectFingerprints is { Count: > 0 } all ? string.Join(", ", all.Select(Figures.ShortHash)) : Figures.Nothing;

    /// <summary>By exact match, then call F1, then name, precision and spec.</summary>
    /// <exception cref="InputException">The summary holds a model that the run does not, or lacks a metric.</exception>
    public static IReadOnlyList<RankedModel> RankAll(RunDescription run, Summary summary)
    {
        var sorted = summary.Models
            .Select(model => (Model: model, Info: InfoOf(model, run)))
            .OrderByDescending(m => ValueOf(m.Model, ExactMatch.Name))
            .ThenByDescending(m => ValueOf(m.Model, CallF1.Name))
            .ThenBy(m => m.Info.Name, StringComparer.Ordinal)
            .ThenBy(m => m.Info.Precision, StringComparer.Ordinal)
            .ThenBy(m => m.Info.Spec, StringComparer.Ordinal)
            .ToList();
        var ranked = new List<RankedModel>();
        foreach (var (model, info) in sorted)
        {
            var above = info.IsBaseline ? null : ranked.LastOrDefault(m => m.Rank is not null);
            ranked.Add(new RankedModel(
                info.IsBaseline ? null : (above?.Rank ?? 0) + 1, above is not null && AreClose(above.Summary, model), info, model));
        }

        return ranked;
    }

    /// <summary>A metric over all cases.</summary>
    public MetricResult Overall(string metric) => ResultOf(Summary, metric);

    static ModelInfo InfoOf(ModelSummary model, RunDescription run) =>
        run.Models.FirstOrDefault(info => info.Spec == model.Model) ?? throw new InputException(
            $"the summary holds the model '{model.Model}', which the run '{run.Name}' does not name", "Score the run again.");

    static MetricResult ResultOf(ModelSummary model, string metric) =>
        model.Overall.Metrics.GetValueOrDefault(metric) ?? throw new InputException(
            $"the summary of '{model.Model}' has no metric '{metric}'", "Score the run again with this version.");

    static double ValueOf(ModelSummary model, string metric) => ResultOf(model, metric).Value ?? double.NegativeInfinity;

    static bool AreClose(ModelSummary above, ModelSummary below) =>
        ResultOf(above, ExactMatch.Name).Interval is { } a && ResultOf(below, ExactMatch.Name).Interval is { } b && a.Overlaps(b);
}
