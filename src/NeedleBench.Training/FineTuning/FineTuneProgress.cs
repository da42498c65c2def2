namespace NeedleBench.Training.FineTuning;

/// <summary>How far a run has come.</summary>
/// <param name="Steps">Steps done; the trainer's state of that step lies beside.</param>
/// <param name="EvaluatedAt">Steps done at the last evaluation; -1 before the first.</param>
/// <param name="Stopping">The best so far, and how long ago that was.</param>
sealed record FineTuneProgress(int Steps, int EvaluatedAt, EarlyStopping Stopping);
