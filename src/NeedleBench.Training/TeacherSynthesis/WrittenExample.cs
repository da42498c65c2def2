namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>What counts of an example that is in the file already.</summary>
/// <param name="Query">The request.</param>
/// <param name="Tool">The tool in focus; null where the line does not say.</param>
/// <param name="Style">Its style; null where the line does not say.</param>
readonly record struct WrittenExample(string Query, string? Tool, string? Style);
