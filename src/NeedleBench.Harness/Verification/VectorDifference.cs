namespace NeedleBench.Harness.Verification;

/// <summary>A vector that the model answered otherwise.</summary>
/// <param name="Index">0-based, in the file.</param>
/// <param name="Vector">What was asked and expected.</param>
/// <param name="Answer">What came.</param>
/// <param name="FirstDifferentToken">0-based; null where texts were compared.</param>
public sealed record VectorDifference(int Index, AnswerVector Vector, ToolCallResponse Answer, int? FirstDifferentToken);
