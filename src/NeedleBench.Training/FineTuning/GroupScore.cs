namespace NeedleBench.Training.FineTuning;

/// <summary>How base and tuned model answer the same test examples.</summary>
/// <param name="Name">The tool, or <c>[]</c> for the examples that call nothing.</param>
public sealed record GroupScore(string Name, CallScore Base, CallScore Tuned);
