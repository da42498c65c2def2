using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Statistics;

/// <summary>Sums up one group of one model's answers.</summary>
static class GroupSummarizer
{
    /// <param name="items">At least one; a case's repeats stand together.</param>
    public static GroupSummary Summarize(IReadOnlyList<ScoredPrediction> items)
    {
        var starts = CaseStarts(items);
        var table = MetricTable.All;
        var results = new MetricResult[table.Count];

        // Each metric's draws start from the same seed, so the number of threads changes nothing.
        Parallel.For(0, table.Count, m => results[m] = Measure(table[m], items, starts));
        var metrics = new OrderedDictionary<string, MetricResult>(
            table.Zip(results, (metric, result) => KeyValuePair.Create(metric.Name, result)), StringComparer.Ordinal);

        var classes = new SortedDictionary<ErrorClass, int>();
        foreach (var item in items)
        {
            classes[item.Score.ErrorClass] = classes.GetValueOrDefault(item.Score.ErrorClass) + 1;
        }

        return new GroupSummary
        {
            Cases = starts.Length - 1,
            Repeats = starts.Zip(starts.Skip(1), (from, to) => to - from).Max(),
            Predictions = items.Count,
            Errors = classes.GetValueOrDefault(ErrorClass.ModelError),
            Metrics = metrics,
            ErrorClasses = classes,
            Performance = MeasurePerformance(items),
        };
    }

    /// <summary>Where each case begins, and the end of the last.</summary>
    static int[] CaseStarts(IReadOnlyList<ScoredPrediction> items)
    {
        var starts = new List<int>();
        for (var i = 0; i < items.Count; i++)
        {
            if (i == 0 || !items[i].IsOfCase(items[i - 1]))
            {
                starts.Add(i);
            }
        }

        return [.. starts, items.Count];
    }

    static MetricResult Measure(Metric metric, IReadOnlyList<ScoredPrediction> items, int[] starts)
    {
        var hits = new List<double>();
        var totals = new List<double>();
        for (var c = 0; c + 1 < starts.Length; c++)
        {
            var (hitSum, totalSum) = (0.0, 0.0);
            for (var i = starts[c]; i < starts[c + 1]; i++)
            {
                var tally = items[i].Score.Tallies.GetValueOrDefault(metric.Name);
                hitSum += tally.Hits;
                totalSum += tally.Total;
            }

            if (totalSum > 0)
            {
                var repeats = starts[c + 1] - starts[c];
                hits.Add(hitSum / repeats);
                totals.Add(totalSum / repeats);
            }
        }

        if (hits.Count == 0)
        {
            return new MetricResult(null, null, 0, 0, 0);
        }

        var (hit, total) = (hits.Sum(), totals.Sum());
        var interval = metric.Interval switch
        {
            IntervalKind.Wilson => Wilson.Of(Math.Min(hit, total), total),
            _ => Bootstrap.Ratio([.. hits], [.. totals]),
        };
        return new MetricResult(hit / total, interval, hit, total, hits.Count);
    }

    static Performance MeasurePerformance(IReadOnlyList<ScoredPrediction> items)
    {
        var answered = items.Select(i => i.Prediction).Where(p => p.Error is null).ToList();
        var seen = answered.Where(p => p.Timing.TimeToFirstTokenSeconds > 0);
        var latency = Sorted(answered, p => p.Timing.TotalSeconds * 1000);
        return new Performance
        {
            Calls = answered.Count,
            LatencyP50Ms = At(latency, 0.5),
            LatencyP90Ms = At(latency, 0.9),
            LatencyP99Ms = At(latency, 0.99),
            TimeToFirstTokenP50Ms = At(Sorted(seen, p => p.Timing.TimeToFirstTokenSeconds * 1000), 0.5),
            PrefillTokensPerSecond = Rate(answered, t => t.PromptTokens, t => t.PrefillSeconds),
            DecodeTokensPerSecond = Rate(answered, t => t.GeneratedTokens, t => t.DecodeSeconds),
            AllocatedBytesPerCall = At(Sorted(answered, p => p.AllocatedBytes), 0.5),
        };
    }

    static double[] Sorted(IEnumerable<Prediction> predictions, Func<Prediction, double> value)
    {
        double[] values = [.. predictions.Select(value)];
        Array.Sort(values);
        return values;
    }

    static double? At(double[] sorted, double p) => sorted.Length == 0 ? null : Quantile.OfSorted(sorted, p);

    // A model that counts no tokens (a baseline, a server that does not say) has no rate, not a rate of 0.
    static double? Rate(
        List<Prediction> predictions, Func<GenerationTiming, double> tokensOf, Func<GenerationTiming, double> secondsOf)
    {
        var (tokens, seconds) = (predictions.Sum(p => tokensOf(p.Timing)), predictions.Sum(p => secondsOf(p.Timing)));
        return tokens > 0 && seconds > 0 ? tokens / seconds : null;
    }
}
