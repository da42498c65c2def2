using System.Text.Json;

namespace NeedleBench;

/// <summary>One call that a model made: the tool's name as the caller wrote it, and a JSON object of arguments.</summary>
public sealed record ToolCall(string Name, JsonElement Arguments);
