namespace NeedleBench.Harness.Statistics;

/// <summary><c>summary.json</c>: every model's results, and how their intervals were drawn.</summary>
public sealed record Summary
{
    /// <summary>The rules by which calls were held right.</summary>
    public string Matcher { get; init; } = "strict";

    /// <summary>Resamples behind each bootstrap interval.</summary>
    public int BootstrapResamples { get; init; } = Bootstrap.DefaultResamples;

    public ulong BootstrapSeed { get; init; } = Bootstrap.DefaultSeed;

    /// <summary>In the order in which the scores first name them.</summary>
    public required IReadOnlyList<ModelSummary> Models { get; init; }
}
