using System.Runtime.Intrinsics;

namespace NeedleBench.Harness.Statistics;

/// <summary>
/// Percentile bootstrap (Efron, Bootstrap methods: another look at the jackknife, 1979) of a ratio of sums: cases are drawn
/// with replacement, each with its hits and its total, and the 2.5 % and 97.5 % quantiles of the resampled ratios are the
/// interval. The draws come from <see cref="SplitMix64"/>, so that equal data give equal intervals on every runtime.
/// </summary>
public static class Bootstrap
{
    public const int DefaultResamples = 2000;

    public const ulong DefaultSeed = 20_260_101;

    /// <summary>The 95 % interval of sum(hits) / sum(totals).</summary>
    /// <param name="hits">One per case.</param>
    /// <param name="totals">One per case, each more than 0: a case that a metric does not apply to is left out.</param>
    /// <param name="resamples">How often the cases are drawn, at least 1.</param>
    /// <param name="seed">Where the generator starts.</param>
    public static Interval Ratio(
        ReadOnlySpan<double> hits, ReadOnlySpan<double> totals, int resamples = DefaultResamples, ulong seed = DefaultSeed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (hits.Length != totals.Length || hits.IsEmpty)
        {
            throw new ArgumentException($"{hits.Length} hits and {totals.Length} totals are no sample.", nameof(totals));
        }

        var cases = new Vector256<double>[hits.Length];
        for (var i = 0; i < cases.Length; i++)
        {
            cases[i] = Vector256.Create(hits[i], totals[i], 0, 0);
        }

        var pool = new CasePool(cases);
        var ratios = new double[resamples];
        var random = new SplitMix64(seed);
        for (var r = 0; r < ratios.Length; r++)
        {
            var sums = pool.Draw(cases.Length, ref random);
            ratios[r] = sums[0] / sums[1];
        }

        Array.Sort(ratios);
        return new Interval(Quantile.OfSorted(ratios, 0.025), Quantile.OfSorted(ratios, 0.975));
    }
}
