namespace NeedleBench.Harness.Metrics;

/// <summary>One case's share of a ratio of sums: a metric's value is the sum of hits over the sum of totals.</summary>
/// <param name="Hits">What counted, at most <paramref name="Total"/>.</param>
/// <param name="Total">What could have counted; 0 where the metric does not apply to the case.</param>
public readonly record struct Tally(double Hits, double Total)
{
    /// <summary>The metric says nothing about this case.</summary>
    public static Tally DoesNotApply => default;

    /// <summary>One yes-or-no question.</summary>
    public static Tally Of(bool hit) => new(hit ? 1 : 0, 1);
}
