namespace NeedleBench.Training.Synthesis;

/// <summary>A stretch of a phrasing: literal words, or a placeholder.</summary>
/// <param name="Text">The words, or the parameter's name.</param>
/// <param name="IsPlaceholder">Whether a slot value stands here.</param>
public readonly record struct PhrasingPart(string Text, bool IsPlaceholder);
