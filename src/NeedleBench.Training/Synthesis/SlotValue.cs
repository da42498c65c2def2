using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>One entry of a slot list.</summary>
/// <param name="Say">What stands in the request.</param>
/// <param name="Value">What stands in the answer.</param>
/// <param name="IsPlain">Whether the file gives it as one string, copied verbatim from request to answer.</param>
public sealed record SlotValue(string Say, JsonElement Value, bool IsPlain);
