using System.Text;
using System.Text.Json;
using NeedleBench.Harness.Files;

namespace NeedleBench.Harness.Importing;

/// <summary>Where a record stands, for errors, and how its members are taken out.</summary>
readonly record struct RecordPlace(string File, int Line)
{
    public InputException Bad(string problem, string mend) => new(problem, mend, File, Line);

    /// <summary>A member that must be a text with something in it.</summary>
    /// <exception cref="InputException">It is missing, or no such text.</exception>
    public string Text(JsonElement record, string key, string mend) =>
        record.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())
            ? value.GetString()!
            : throw Bad($"'{key}' is missing or not a text", mend);

    /// <summary>A JSON value that stands as it is, or as text in a JSON string.</summary>
    /// <exception cref="InputException">It is a string that is not JSON.</exception>
    public JsonElement Unwrapped(JsonElement value, string what)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return value;
        }

        try
        {
            return JsonText.Parse(Encoding.UTF8.GetBytes(value.GetString()!), File, Line);
        }
        catch (InputException e)
        {
            throw new InputException($"the text of '{what}': {e.Problem}", e.Mend, File, Line, e);
        }
    }

    /// <summary>The tools on offer, in either of the forms of <see cref="ToolDefinitionJson"/>, or as text of them.</summary>
    /// <exception cref="InputException">The member is missing or no list of tools, or two tools have one name.</exception>
    public IReadOnlyList<ToolDefinition> Tools(JsonElement record)
    {
        if (!record.TryGetProperty("tools", out var value))
        {
            throw Bad("'tools' is missing", "List the tools on offer; [] where there is none.");
        }

        var tools = ToolDefinitionJson.ParseList(Unwrapped(value, "tools"), File, Line);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tool in tools)
        {
            if (!names.Add(tool.Name))
            {
                throw Bad($"the tool '{tool.Name}' is offered twice", "Offer each tool once.");
            }
        }

        return tools;
    }
}
