namespace NeedleBench.Harness.Statistics;

/// <summary>A two-sided 95 % interval, ends included.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether the two have a point in common.</summary>
    public bool Overlaps(Interval other) => Low <= other.High && other.Low <= High;
}
