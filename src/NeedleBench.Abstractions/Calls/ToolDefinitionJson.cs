using System.Text.Json;

namespace NeedleBench;

/// <summary>
/// Reads tool definitions from JSON. Accepts plain objects <c>{"name","description","parameters"}</c> and the OpenAI
/// wrapper <c>{"type":"function","function":{…}}</c>; parameters in either form of <see cref="ToolParameters"/>.
/// </summary>
public static class ToolDefinitionJson
{
    const string Mend = "Each tool is {\"name\":\"…\",\"description\":\"…\",\"parameters\":{JSON Schema}}.";

    /// <summary>Reads a JSON array of tools.</summary>
    /// <exception cref="InputException">The text is not JSON, not an array, or holds something that is no tool.</exception>
    public static IReadOnlyList<ToolDefinition> ParseList(string json, string? file = null, int? line = null)
    {
        JsonElement root;
        try
        {
            root = JsonElement.Parse(json);
        }
        catch (JsonException e)
        {
            var at = line ?? (e.LineNumber is { } n ? (int)n + 1 : null);
            throw new InputException($"the tool list is not JSON ({e.Message.TrimEnd('.')})", Mend, file, at, e);
        }

        return ParseList(root, file, line);
    }

    /// <inheritdoc cref="ParseList(string, string?, int?)"/>
    public static IReadOnlyList<ToolDefinition> ParseList(JsonElement tools, string? file = null, int? line = null)
    {
        if (tools.ValueKind != JsonValueKind.Array)
        {
            throw new InputException($"the tool list is a JSON {KindName(tools)}, not an array", Mend, file, line);
        }

        return [.. tools.EnumerateArray().Select((tool, index) => Parse(tool, index, file, line))];
    }

    static ToolDefinition Parse(JsonElement tool, int index, string? file, int? line)
    {
        if (tool.ValueKind == JsonValueKind.Object
            && tool.TryGetProperty("function", out var wrapped) && wrapped.ValueKind == JsonValueKind.Object)
        {
            tool = wrapped;
        }

        if (tool.ValueKind != JsonValueKind.Object
            || !tool.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String
            || string.IsNullOrWhiteSpace(name.GetString()))
        {
            throw new InputException($"tool {index} has no name", Mend, file, line);
        }

        var description = tool.TryGetProperty("description", out var d) && d.ValueKind == JsonValueKind.String ? d.GetString()! : "";
        var parameters = tool.TryGetProperty("parameters", out var p) ? p : default;
        if (parameters.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined))
        {
            throw new InputException(
                $"the parameters of tool '{name.GetString()}' are a JSON {KindName(parameters)}, not an object", Mend, file, line);
        }

        return new ToolDefinition(name.GetString()!, description, parameters.ValueKind == JsonValueKind.Undefined ? default : parameters.Clone());
    }

    static string KindName(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
