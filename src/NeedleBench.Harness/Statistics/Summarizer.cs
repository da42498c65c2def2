using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.PeakMemory;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Statistics;

/// <summary>Sums scores up. The order of the scores does not change a figure.</summary>
public static class Summarizer
{
    /// <summary>Tags of this form (<c>tools:5</c>) get a group of their own.</summary>
    public const string SplitTagPrefix = "tools:";

    /// <param name="scores">Of any number of models.</param>
    /// <param name="predictions">Those that were scored: they hold the times.</param>
    /// <param name="memory">What the models took, of those that were measured; each model once.</param>
    /// <exception cref="InputException">A score has no prediction.</exception>
    public static Summary Summarize(
        IReadOnlyList<CaseScore> scores, IEnumerable<Prediction> predictions, IEnumerable<MemoryMeasurement>? memory = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(predictions);
        var byKey = new Dictionary<RunItemKey, Prediction>();
        foreach (var prediction in predictions)
        {
            byKey[prediction.Key] = prediction;
        }

        var peaks = (memory ?? []).ToDictionary(m => m.Model, m => m.AboveEmptyBytes, StringComparer.Ordinal);
        return new Summary
        {
            Models =
            [
                .. scores.GroupBy(s => s.Model, StringComparer.Ordinal).Select(g => OfModel(g.Key, [.. g.Select(Pair)]) with
                {
                    PeakMemoryBytes = peaks.TryGetValue(g.Key, out var peak) ? peak : null,
                }),
            ],
        };

        ScoredPrediction Pair(CaseScore score) => byKey.TryGetValue(score.Key, out var prediction)
            ? new ScoredPrediction(score, prediction)
            : throw new InputException(
                $"repeat {score.Repeat} of case '{score.Case}' by '{score.Model}' has a score but no prediction",
                "Score the run's predictions again.");
    }

    static ModelSummary OfModel(string model, ScoredPrediction[] items)
    {
        Array.Sort(items, ScoredPrediction.ByCase);
        var suites = Split(items, s => [s.Suite], StringComparer.Ordinal);
        return new ModelSummary
        {
            Model = model,
            DialectFingerprints = DialectFingerprints(items),
            Overall = GroupSummarizer.Summarize(items),
            Suites = suites,
            Styles = Split(items, s => [s.Style], Comparer<string>.Create(CompareStyles)),
            Tags = Split(items, SplitTags, Comparer<string>.Create(CompareTags)),
            SuiteMeans = SuiteMeans(suites),
        };
    }

    static string[]? DialectFingerprints(ScoredPrediction[] items)
    {
        string[] all = [.. items.Select(i => i.Prediction.DialectFingerprint).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return all.Length > 0 ? all : null;
    }

    static OrderedDictionary<string, GroupSummary> Split(
        ScoredPrediction[] items, Func<CaseScore, IEnumerable<string>> keysOf, IComparer<string> order)
    {
        var groups = new SortedDictionary<string, List<ScoredPrediction>>(order);
        foreach (var item in items)
        {
            foreach (var key in keysOf(item.Score))
            {
                if (!groups.TryGetValue(key, out var group))
                {
                    groups.Add(key, group = []);
                }

                group.Add(item);
            }
        }

        return new(groups.Select(g => KeyValuePair.Create(g.Key, GroupSummarizer.Summarize(g.Value))), StringComparer.Ordinal);
    }

    static IEnumerable<string> SplitTags(CaseScore score) =>
        score.Tags.Where(t => t.StartsWith(SplitTagPrefix, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);

    static int CompareStyles(string a, string b)
    {
        var (rankA, rankB) = (Rank(a), Rank(b));
        return rankA != rankB ? rankA.CompareTo(rankB) : string.CompareOrdinal(a, b);

        // Styles of other people's suites come last.
        static int Rank(string style)
        {
            for (var i = 0; i < CaseStyles.All.Count; i++)
            {
                if (CaseStyles.All[i] == style)
                {
                    return i;
                }
            }

            return CaseStyles.All.Count;
        }
    }

    // tools:2 before tools:10.
    static int CompareTags(string a, string b) =>
        a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);

    static OrderedDictionary<string, double> SuiteMeans(IReadOnlyDictionary<string, GroupSummary> suites)
    {
        var means = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var metric in MetricTable.All)
        {
            var values = suites.Values.Select(s => s.Metrics[metric.Name].Value).OfType<double>().ToList();
            if (values.Count > 0)
            {
                means.Add(metric.Name, values.Average());
            }
        }

        return means;
    }
}
