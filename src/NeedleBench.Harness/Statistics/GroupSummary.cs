using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Statistics;

/// <summary>One model over a group of cases: all, a suite, a style or a tag.</summary>
public sealed record GroupSummary
{
    /// <summary>Different cases.</summary>
    public required int Cases { get; init; }

    /// <summary>The most repeats any of them has.</summary>
    public required int Repeats { get; init; }

    /// <summary>Scored answers: cases times repeats, where the run is complete.</summary>
    public required int Predictions { get; init; }

    /// <summary>Answers that were an error of the model.</summary>
    public required int Errors { get; init; }

    /// <summary>By metric name, every metric of <see cref="Metrics.MetricTable"/>.</summary>
    public required IReadOnlyDictionary<string, MetricResult> Metrics { get; init; }

    /// <summary>Answers of each class that occurs.</summary>
    public required IReadOnlyDictionary<ErrorClass, int> ErrorClasses { get; init; }

    public required Performance Performance { get; init; }
}
