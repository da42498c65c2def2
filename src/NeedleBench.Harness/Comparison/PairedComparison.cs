using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Comparison;

/// <summary>
/// Compares two models case by case: cases differ far more in how hard they are than models do in how good, so the same
/// cases tell two models apart that two separate intervals would not.
/// </summary>
public static class PairedComparison
{
    /// <summary>The scores of one model of a run.</summary>
    /// <param name="scores">Of any number of models.</param>
    /// <param name="model">Its spec; null for the only one.</param>
    /// <exception cref="InputException">There are no scores, there is no such model, or none was named among several.</exception>
    public static IReadOnlyList<CaseScore> OfModel(IEnumerable<CaseScore> scores, string? model)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var byModel = scores.GroupBy(s => s.Model, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList());
        if (byModel.Count == 0)
        {
            throw new InputException("there are no scores to compare", "Run at least one case and score the run.");
        }

        var names = string.Join(", ", byModel.Keys.Order(StringComparer.Ordinal));
        if (model is null)
        {
            return byModel.Count == 1
                ? byModel.Values.Single()
                : throw new InputException("the run holds several models", $"Name one of {names}.");
        }

        return byModel.GetValueOrDefault(model)
            ?? throw new InputException($"the run holds no model '{model}'", $"Name one of {names}.");
    }

    /// <summary>
    /// Compares by suite and case. Repeats are averaged first; for McNemar's test, which knows right and wrong alone, a case
    /// is right where more than half of its repeats are. The order of the scores does not change a figure.
    /// </summary>
    /// <param name="baseline">One model's scores.</param>
    /// <param name="candidate">One model's scores, the same or another's.</param>
    /// <exception cref="InputException">A side is empty or of several models, or they have no case in common.</exception>
    public static ComparisonResult Compare(IEnumerable<CaseScore> baseline, IEnumerable<CaseScore> candidate)
    {
        var (old, now) = (ByCase(OfModel(baseline, null)), ByCase(OfModel(candidate, null)));
        PairedCase[] pairs =
        [
            .. old.Where(c => now.ContainsKey(c.Key)).Select(c => new PairedCase(c.Key, c.Value, now[c.Key])),
        ];
        if (pairs.Length == 0)
        {
            throw new InputException("the two runs have no case in common", "Compare runs over the same suites.");
        }

        var suites = pairs.GroupBy(p => p.Key.Suite, StringComparer.Ordinal).Select(g => (g.Key, Cases: g.ToArray())).ToArray();
        return new ComparisonResult
        {
            BaselineModel = pairs[0].Baseline[0].Model,
            CandidateModel = pairs[0].Candidate[0].Model,
            Cases = pairs.Length,
            OnlyInBaseline = [.. old.Keys.Where(key => !now.ContainsKey(key))],
            OnlyInCandidate = [.. now.Keys.Where(key => !old.ContainsKey(key))],
            ExactMatch = Count(pairs),
            Metrics = CompareMetrics([.. suites.Select(s => s.Cases)]),
            Suites = CompareSuites(suites),
        };
    }

    static SortedDictionary<ComparedCase, List<CaseScore>> ByCase(IEnumerable<CaseScore> scores)
    {
        var cases = new SortedDictionary<ComparedCase, List<CaseScore>>(Comparer<ComparedCase>.Create((a, b) =>
            string.CompareOrdinal(a.Suite, b.Suite) is not 0 and var suite ? suite : string.CompareOrdinal(a.Case, b.Case)));
        foreach (var score in scores)
        {
            var key = new ComparedCase(score.Suite, score.Case);
            if (!cases.TryGetValue(key, out var repeats))
            {
                cases.Add(key, repeats = []);
            }

            repeats.Add(score);
        }

        return cases;
    }

    static Discordance Count(PairedCase[] cases)
    {
        var counts = new int[4];
        foreach (var pair in cases)
        {
            counts[(PairedCase.IsRight(pair.Baseline) ? 2 : 0) + (PairedCase.IsRight(pair.Candidate) ? 1 : 0)]++;
        }

        return new Discordance(BothRight: counts[3], OnlyBaseline: counts[2], OnlyCandidate: counts[1], BothWrong: counts[0]);
    }

    static OrderedDictionary<string, MetricDifference> CompareMetrics(PairedCase[][] suites)
    {
        var metrics = MetricTable.All;
        var results = new MetricDifference[metrics.Count];

        // Each metric's draws start from the same seed, so the number of threads changes nothing.
        Parallel.For(0, metrics.Count, m =>
        {
            var tallies = Array.ConvertAll(suites, cases => Array.ConvertAll(cases, c => c.Tally(metrics[m].Name)));
            var found = PairedBootstrap.Difference(tallies);
            results[m] = new MetricDifference(
                found.Baseline, found.Candidate, found.Difference, found.Interval, metrics[m].HigherIsBetter,
                tallies.Sum(cases => cases.Count(c => c.Baseline.Total > 0 || c.Candidate.Total > 0)));
        });
        return new(metrics.Zip(results, (m, r) => KeyValuePair.Create(m.Name, r)), StringComparer.Ordinal);
    }

    static OrderedDictionary<string, SuiteComparison> CompareSuites((string Name, PairedCase[] Cases)[] suites)
    {
        var counts = Array.ConvertAll(suites, s => Count(s.Cases));
        var adjusted = Holm.Adjust(Array.ConvertAll(counts, c => c.PValue));
        return new(
            suites.Select((s, i) => KeyValuePair.Create(s.Name, new SuiteComparison(counts[i], adjusted[i]))), StringComparer.Ordinal);
    }
}
