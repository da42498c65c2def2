using System.Text.Json;
using NeedleBench.Harness.Schemas;

namespace NeedleBench.Harness.Scoring;

/// <summary>A tool with what scoring needs of it worked out once.</summary>
sealed class PreparedTool(ToolDefinition tool)
{
    readonly HashSet<string> _declared = DeclaredNames(tool.Schema);

    public bool Declares(string argument) => _declared.Contains(argument);

    public bool IsValid(JsonElement arguments)
    {
        try
        {
            return ToolSchemaValidator.Validate(tool.Schema, arguments).Count == 0;
        }
        catch (InvalidOperationException)
        {
            // A string with a lone surrogate is no Unicode text, so no schema's string.
            return false;
        }
    }

    /// <summary>Parameters that a schema names, in itself or in what it is composed of.</summary>
    static HashSet<string> DeclaredNames(JsonElement schema)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect(schema, names);
        return names;
    }

    static void Collect(JsonElement schema, HashSet<string> names)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            names.UnionWith(properties.EnumerateObject().Select(CanonicalJson.NameOf));
        }

        foreach (var keyword in (ReadOnlySpan<string>)["allOf", "anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(keyword, out var parts) && parts.ValueKind == JsonValueKind.Array)
            {
                foreach (var part in parts.EnumerateArray())
                {
                    Collect(part, names);
                }
            }
        }
    }
}
