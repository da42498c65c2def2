using System.Text.Json;

namespace NeedleBench;

/// <summary>A tool that a model may call: its name, what it does, and its parameters.</summary>
/// <param name="Name">As the caller wrote it, in any script.</param>
/// <param name="Description">One or two sentences; may be empty.</param>
/// <param name="Parameters">
/// As the caller gave them, in either of two forms: a JSON Schema object (draft 2020-12 subset), or Needle's flat map
/// <c>{"city":{"type":"string","description":"…","required":true}}</c>. <see cref="Schema"/> is always the former.
/// </param>
public sealed record ToolDefinition(string Name, string Description, JsonElement Parameters)
{
    /// <summary>The parameters as a JSON Schema object, whatever form they were given in.</summary>
    public JsonElement Schema { get; } = ToolParameters.ToSchema(Parameters);

    /// <summary>Whether <see cref="Parameters"/> were given as Needle's flat map.</summary>
    public bool IsFlat => ToolParameters.IsFlatMap(Parameters);
}
