using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Suites;

/// <summary>How a count is spread over cases, calls or tools.</summary>
public readonly record struct Spread(double Min, double Median, double Max)
{
    /// <summary>The spread of <paramref name="counts"/>; null where there are none. The median of an even number is the mean of the middle two.</summary>
    public static Spread? Of(IEnumerable<int> counts)
    {
        var sorted = counts.Select(count => (double)count).Order().ToArray();
        return sorted.Length == 0 ? null : new Spread(sorted[0], Quantile.OfSorted(sorted, 0.5), sorted[^1]);
    }
}
