namespace NeedleBench.Harness.Statistics;

/// <summary>
/// Sample quantiles by linear interpolation between order statistics: type 7 of Hyndman and Fan (Sample quantiles in
/// statistical packages, The American Statistician 50, 1996), the default of R and NumPy. The p-quantile of n sorted values
/// lies at position (n − 1)·p.
/// </summary>
public static class Quantile
{
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="p">In [0, 1].</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double p)
    {
        if (sorted.IsEmpty)
        {
            throw new ArgumentException("No values have no quantile.", nameof(sorted));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        var position = (sorted.Length - 1) * p;
        var below = (int)position;
        return below + 1 == sorted.Length
            ? sorted[below]
            : sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }
}
