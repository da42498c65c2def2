using System.Text.Json;

namespace NeedleBench.Harness.Suites;

/// <summary>A suite's parts as the JSON that <see cref="SuiteReader"/> reads.</summary>
static class SuiteJson
{
    public static void WriteHead(Utf8JsonWriter writer, Suite suite)
    {
        writer.WriteStartObject();
        writer.WriteString("name", suite.Name);
        writer.WriteString("title", suite.Title);
        writer.WriteString("licence", suite.Licence);
        writer.WriteString("version", suite.Version);
        writer.WriteString("language", suite.Language);
        if (suite.Source is { } source)
        {
            writer.WriteString("source", source);
        }

        if (suite.Profile is { } profile)
        {
            writer.WriteString("profile", profile);
        }

        writer.WriteEndObject();
    }

    public static void WriteTool(Utf8JsonWriter writer, ToolDefinition tool)
    {
        writer.WriteStartObject();
        writer.WriteString("name", tool.Name);
        writer.WriteString("description", tool.Description);
        if (tool.Parameters.ValueKind != JsonValueKind.Undefined)
        {
            writer.WritePropertyName("parameters");
            tool.Parameters.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    /// <param name="shared">Tools of tools.json, which the case names; it holds all others inline.</param>
    public static void WriteCase(Utf8JsonWriter writer, SuiteCase item, HashSet<ToolDefinition> shared)
    {
        writer.WriteStartObject();
        writer.WriteString("id", item.Id);
        writer.WriteString("query", item.Query);
        writer.WriteStartArray("tools");
        foreach (var tool in item.Tools)
        {
            if (shared.Contains(tool))
            {
                writer.WriteStringValue(tool.Name);
            }
            else
            {
                WriteTool(writer, tool);
            }
        }

        writer.WriteEndArray();
        writer.WriteStartArray("expected");
        foreach (var call in item.Expected)
        {
            WriteCall(writer, call);
        }

        writer.WriteEndArray();
        writer.WriteString("style", item.Style);
        if (item.Tags.Count > 0)
        {
            writer.WriteStartArray("tags");
            foreach (var tag in item.Tags)
            {
                writer.WriteStringValue(tag);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    static void WriteCall(Utf8JsonWriter writer, ExpectedCall call)
    {
        writer.WriteStartObject();
        writer.WriteString("name", call.Name);
        writer.WriteStartObject("arguments");
        foreach (var (name, accepted) in call.Arguments)
        {
            writer.WriteStartArray(name);
            foreach (var value in accepted.Values)
            {
                value.WriteTo(writer);
            }

            if (accepted.MayBeOmitted)
            {
                writer.WriteNullValue();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
