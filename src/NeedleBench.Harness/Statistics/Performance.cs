namespace NeedleBench.Harness.Statistics;

/// <summary>
/// How fast a model was over a group of predictions, those with a model error left out. Quantiles are type 7 (see
/// <see cref="Quantile"/>); token rates are ratios of sums. Null where nothing was measured.
/// </summary>
public sealed record Performance
{
    /// <summary>Predictions that these figures are over.</summary>
    public required int Calls { get; init; }

    /// <summary>End to end, milliseconds.</summary>
    public double? LatencyP50Ms { get; init; }

    public double? LatencyP90Ms { get; init; }

    public double? LatencyP99Ms { get; init; }

    /// <summary>Milliseconds from the request to the first generated token, over calls where it was seen.</summary>
    public double? TimeToFirstTokenP50Ms { get; init; }

    /// <summary>All prompt tokens over all prefill seconds.</summary>
    public double? PrefillTokensPerSecond { get; init; }

    /// <summary>All generated tokens over all decode seconds.</summary>
    public double? DecodeTokensPerSecond { get; init; }

    /// <summary>Median of the managed bytes a call allocated.</summary>
    public double? AllocatedBytesPerCall { get; init; }
}
