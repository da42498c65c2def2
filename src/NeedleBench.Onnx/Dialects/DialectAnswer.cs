namespace NeedleBench.Onnx.Dialects;

/// <summary>What a dialect reads in a model's text.</summary>
/// <param name="Calls">
/// The calls, in order; empty for a refusal. With a <paramref name="Failure"/>, the complete calls before the fault: a
/// <see cref="ToolCallResponse"/> counts none of them, a person who looks for the fault wants to see them.
/// </param>
/// <param name="Failure">Why the text could not be read to its end, with the offset of the fault; null where it could.</param>
public sealed record DialectAnswer(IReadOnlyList<ToolCall> Calls, ParseFailure? Failure);
