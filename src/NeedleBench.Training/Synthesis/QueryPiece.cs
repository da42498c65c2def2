namespace NeedleBench.Training.Synthesis;

/// <summary>A stretch of a request.</summary>
/// <param name="Text">The words.</param>
/// <param name="IsFixed">Whether noise must leave it alone: a value, or words that hold one.</param>
readonly record struct QueryPiece(string Text, bool IsFixed);
