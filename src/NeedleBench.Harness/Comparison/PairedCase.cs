using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Comparison;

/// <summary>One case with both runs' repeats of it, each at least one.</summary>
sealed record PairedCase(ComparedCase Key, IReadOnlyList<CaseScore> Baseline, IReadOnlyList<CaseScore> Candidate)
{
    /// <summary>
    /// Whether a case counts as right: in more than half of its repeats. Half is not enough, so that a model does not win a
    /// case by a tie.
    /// </summary>
    public static bool IsRight(IReadOnlyList<CaseScore> repeats) => 2 * repeats.Count(r => r.Exact) > repeats.Count;

    public PairedTally Tally(string metric) => new(Mean(Baseline, metric), Mean(Candidate, metric));

    static Tally Mean(IReadOnlyList<CaseScore> repeats, string metric)
    {
        var (hits, total) = (0.0, 0.0);
        foreach (var repeat in repeats)
        {
            var tally = repeat.Tallies.GetValueOrDefault(metric);
            hits += tally.Hits;
            total += tally.Total;
        }

        return new Tally(hits / repeats.Count, total / repeats.Count);
    }
}
