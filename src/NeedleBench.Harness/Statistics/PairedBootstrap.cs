using System.Runtime.Intrinsics;

namespace NeedleBench.Harness.Statistics;

/// <summary>
/// Percentile bootstrap of a difference of two ratios of sums over the same cases. Cases keep their two answers together, and
/// come from clusters (suites) that are a sample themselves: clusters are drawn with replacement, then as many cases as each
/// has from within it (A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application, 1997, section 3.8, strategy
/// 1). With one cluster, cases alone are drawn. The draws come from <see cref="SplitMix64"/>.
/// </summary>
public static class PairedBootstrap
{
    /// <summary>The difference over all cases and its 95 % interval.</summary>
    /// <param name="clusters">
    /// Each cluster's cases. A case that the metric applies to in neither run, and a cluster without others, are left out.
    /// </param>
    /// <param name="resamples">
    /// How often the cases are drawn, at least 1. One in which a run has no total has no difference and is left out.
    /// </param>
    /// <param name="seed">Where the generator starts.</param>
    public static PairedDifference Difference(
        IEnumerable<IEnumerable<PairedTally>> clusters,
        int resamples = Bootstrap.DefaultResamples,
        ulong seed = Bootstrap.DefaultSeed)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        var sums = Vector256<double>.Zero;
        var pools = new List<CasePool>();
        foreach (var cluster in clusters)
        {
            Vector256<double>[] cases =
            [
                .. cluster.Where(c => c.Baseline.Total > 0 || c.Candidate.Total > 0)
                    .Select(c => Vector256.Create(c.Baseline.Hits, c.Baseline.Total, c.Candidate.Hits, c.Candidate.Total)),
            ];
            if (cases.Length > 0)
            {
                pools.Add(new CasePool(cases));
                sums = cases.Aggregate(sums, (sum, figures) => sum + figures);
            }
        }

        var (baseline, candidate) = (Ratio(sums[0], sums[1]), Ratio(sums[2], sums[3]));
        return new PairedDifference(
            baseline, candidate, candidate - baseline, candidate - baseline is null ? null : Resample(pools, resamples, seed));
    }

    static Interval? Resample(List<CasePool> pools, int resamples, ulong seed)
    {
        var random = new SplitMix64(seed);
        var differences = new List<double>(resamples);
        for (var r = 0; r < resamples; r++)
        {
            var sums = Vector256<double>.Zero;
            for (var k = 0; k < pools.Count; k++)
            {
                var pool = pools.Count == 1 ? pools[0] : pools[(int)(((random.Next() >> 32) * (ulong)pools.Count) >> 32)];
                sums += pool.Draw(pool.Count, ref random);
            }

            if (Ratio(sums[2], sums[3]) - Ratio(sums[0], sums[1]) is { } difference)
            {
                differences.Add(difference);
            }
        }

        if (differences.Count == 0)
        {
            return null;
        }

        var sorted = differences.ToArray();
        Array.Sort(sorted);
        return new Interval(Quantile.OfSorted(sorted, 0.025), Quantile.OfSorted(sorted, 0.975));
    }

    static double? Ratio(double hits, double total) => total > 0 ? hits / total : null;
}
