namespace NeedleBench.Harness.Metrics;

/// <summary>How a metric's 95 % interval is computed.</summary>
public enum IntervalKind
{
    /// <summary>A yes or no per case: <see cref="Statistics.Wilson"/>.</summary>
    Wilson,

    /// <summary>A ratio of sums over cases of unequal weight: <see cref="Statistics.Bootstrap"/>.</summary>
    Bootstrap,
}
