using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>An argument before it is written: a text of the request, or a JSON value; default where there is none.</summary>
readonly record struct ArgumentValue(string? Text, JsonElement Json)
{
    public bool IsGiven => Text is not null || Json.ValueKind != JsonValueKind.Undefined;
}

/// <summary>A call of an original tool, its arguments by the parameter's position.</summary>
sealed class CallDraft(CorpusTool tool)
{
    public CorpusTool Tool { get; } = tool;

    public ArgumentValue[] Values { get; } = new ArgumentValue[tool.Parameters.Count];
}
