namespace NeedleBench.Harness.Running;

/// <summary>A run as it stands on disk.</summary>
/// <param name="Description">What was run.</param>
/// <param name="Predictions">Its answers, in the order in which they were written; no two of one item.</param>
public sealed record RecordedRun(RunDescription Description, IReadOnlyList<Prediction> Predictions);
