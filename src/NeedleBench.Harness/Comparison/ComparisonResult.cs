using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Comparison;

/// <summary>Two models over the same cases. Written by <see cref="HarnessJson"/>.</summary>
public sealed record ComparisonResult
{
    /// <summary>The baseline's spec.</summary>
    public required string BaselineModel { get; init; }

    /// <summary>The candidate's spec. May be the same: another version or another machine.</summary>
    public required string CandidateModel { get; init; }

    /// <summary>Cases that both answered. Everything below is of these alone.</summary>
    public required int Cases { get; init; }

    /// <summary>Cases that only the baseline answered, in order of suite and id.</summary>
    public required IReadOnlyList<ComparedCase> OnlyInBaseline { get; init; }

    /// <summary>Cases that only the candidate answered, in order of suite and id.</summary>
    public required IReadOnlyList<ComparedCase> OnlyInCandidate { get; init; }

    /// <summary>Over all suites.</summary>
    public required Discordance ExactMatch { get; init; }

    /// <summary>By metric name, every metric of <see cref="Harness.Metrics.MetricTable"/>.</summary>
    public required IReadOnlyDictionary<string, MetricDifference> Metrics { get; init; }

    /// <summary>By suite name, in ordinal order.</summary>
    public required IReadOnlyDictionary<string, SuiteComparison> Suites { get; init; }

    /// <summary>Resamples behind each interval.</summary>
    public int BootstrapResamples { get; init; } = Bootstrap.DefaultResamples;

    public ulong BootstrapSeed { get; init; } = Bootstrap.DefaultSeed;
}
