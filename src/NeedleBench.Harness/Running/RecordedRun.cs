using NeedleBench.Harness.PeakMemory;

namespace NeedleBench.Harness.Running;

/// <summary>A run as it stands on disk.</summary>
/// <param name="Description">What was run.</param>
/// <param name="Predictions">Its answers, in the order in which they were written; no two of one item.</param>
public sealed record RecordedRun(RunDescription Description, IReadOnlyList<Prediction> Predictions)
{
    /// <summary>The memory of those of its models that were measured.</summary>
    public IReadOnlyList<MemoryMeasurement> Memory { get; init; } = [];
}
