using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>Writes parameters as a JSON Schema object.</summary>
static class SchemaWriter
{
    /// <param name="parameters">In the order to show them.</param>
    /// <param name="markRequired">Whether the schema says which are required; without, all look optional.</param>
    public static JsonElement Write(ReadOnlySpan<CorpusParameter> parameters, bool markRequired)
    {
        var scratch = JsonScratch.Current;
        var writer = scratch.Begin();
        writer.WriteStartObject();
        writer.WriteString("type"u8, "object"u8);
        writer.WriteStartObject("properties"u8);
        foreach (var parameter in parameters)
        {
            writer.WriteStartObject(parameter.Name);
            writer.WriteString("type"u8, parameter.Type);
            if (parameter.Description.Length > 0)
            {
                writer.WriteString("description"u8, parameter.Description);
            }

            if (parameter.Enum is { } values)
            {
                writer.WriteStartArray("enum"u8);
                foreach (var value in values)
                {
                    writer.WriteStringValue(value);
                }

                writer.WriteEndArray();
            }

            foreach (var (key, value) in parameter.Rest)
            {
                writer.WritePropertyName(key);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        WriteRequired(writer, parameters, markRequired);
        writer.WriteEndObject();
        return scratch.End();
    }

    static void WriteRequired(Utf8JsonWriter writer, ReadOnlySpan<CorpusParameter> parameters, bool markRequired)
    {
        writer.WriteStartArray("required"u8);
        foreach (var parameter in parameters)
        {
            if (markRequired && parameter.Required)
            {
                writer.WriteStringValue(parameter.Name);
            }
        }

        writer.WriteEndArray();
    }
}
