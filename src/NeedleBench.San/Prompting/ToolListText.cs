using System.Text;
using System.Text.Json;

namespace NeedleBench.San.Prompting;

/// <summary>
/// The tool list as a SAN reads it: compact JSON, for each tool <c>{"name","description","parameters"}</c> with the
/// parameters as Needle's flat map, <c>{p:{"type","description","required":bool}}</c>, an <c>enum</c> before
/// <c>required</c>. A JSON Schema is flattened; a flat map goes in as it was given.
/// </summary>
public static class ToolListText
{
    /// <param name="tools">The tools on offer.</param>
    /// <param name="names">Their names as the model sees them.</param>
    public static string Render(IReadOnlyList<ToolDefinition> tools, ToolNames names)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(names);
        var text = new StringBuilder(256 * (tools.Count + 1)).Append('[');
        for (var i = 0; i < tools.Count; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            AppendTool(text, tools[i], names.Seen[i]);
        }

        return text.Append(']').ToString();
    }

    /// <summary>One tool on its own: what the retrieval head compares a query with.</summary>
    public static string RenderOne(ToolDefinition tool, string seenName)
    {
        ArgumentNullException.ThrowIfNull(tool);
        var text = new StringBuilder(256);
        AppendTool(text, tool, seenName);
        return text.ToString();
    }

    static void AppendTool(StringBuilder text, ToolDefinition tool, string name)
    {
        text.Append('{');
        CompactJson.AppendKey(text, "name");
        CompactJson.AppendString(text, name);
        text.Append(',');
        CompactJson.AppendKey(text, "description");
        CompactJson.AppendString(text, tool.Description);
        text.Append(',');
        CompactJson.AppendKey(text, "parameters");
        if (tool.IsFlat)
        {
            CompactJson.Append(text, tool.Parameters);
        }
        else
        {
            AppendFlat(text, tool.Schema);
        }

        text.Append('}');
    }

    static void AppendFlat(StringBuilder text, JsonElement schema)
    {
        text.Append('{');
        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            var first = true;
            foreach (var property in properties.EnumerateObject())
            {
                if (!first)
                {
                    text.Append(',');
                }

                first = false;
                CompactJson.AppendKey(text, property.Name);
                AppendParameter(text, property.Value, IsRequired(schema, property.Name));
            }
        }

        text.Append('}');
    }

    static void AppendParameter(StringBuilder text, JsonElement schema, bool required)
    {
        text.Append('{');
        CompactJson.AppendKey(text, "type");
        CompactJson.AppendString(text, TypeName(schema));
        text.Append(',');
        CompactJson.AppendKey(text, "description");
        CompactJson.AppendString(
            text, schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("description", out var d) && d.ValueKind == JsonValueKind.String ? d.GetString()! : "");
        if (schema.ValueKind == JsonValueKind.Object)
        {
            AppendNested(text, schema);
        }

        text.Append(",\"required\":").Append(required ? "true" : "false").Append('}');
    }

    // The published form knows no nesting; an inner object or the items of an array stand before "required", as an enum does.
    static void AppendNested(StringBuilder text, JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var values))
        {
            text.Append(",\"enum\":");
            CompactJson.Append(text, values);
        }

        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            text.Append(",\"properties\":");
            AppendFlat(text, schema);
        }

        if (schema.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object)
        {
            text.Append(",\"items\":{");
            CompactJson.AppendKey(text, "type");
            CompactJson.AppendString(text, TypeName(items));
            AppendNested(text, items);
            text.Append('}');
        }
    }

    static bool IsRequired(JsonElement schema, string name) =>
        schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
        && required.EnumerateArray().Any(r => r.ValueKind == JsonValueKind.String && r.ValueEquals(name));

    // A union such as ["string","null"] is named by its first real member; a schema without a type takes anything.
    static string TypeName(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type))
        {
            return schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out _) ? "object" : "string";
        }

        return type.ValueKind switch
        {
            JsonValueKind.String => type.GetString()!,
            JsonValueKind.Array => type.EnumerateArray().Select(t => t.ToString()).FirstOrDefault(t => t != "null") ?? "string",
            _ => "string",
        };
    }
}
