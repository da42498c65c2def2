using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NeedleBench;

/// <summary>Calls as JSON text, <c>[{"name":"…","arguments":{…}}]</c>: the form that SANs emit and that our files hold.</summary>
public static class ToolCallJson
{
    static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = true, MaxDepth = 64 };
    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Parses a whole JSON array of calls; an empty array is a refusal. Nothing is repaired: text around the array, a
    /// missing name or arguments that are no object are failures.
    /// </summary>
    /// <param name="text">What the model wrote.</param>
    /// <param name="calls">The calls, in order.</param>
    /// <param name="failure">Why there are none.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out IReadOnlyList<ToolCall>? calls, [NotNullWhen(false)] out ParseFailure? failure)
    {
        calls = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            failure = new ParseFailure(ParseFailureKind.Empty, "the model wrote nothing");
            return false;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, NoDuplicates);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            failure = new ParseFailure(ParseFailureKind.NotJson, e.Message);
            return false;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                failure = new ParseFailure(ParseFailureKind.NotACallList, $"the text is a JSON {document.RootElement.ValueKind}, not an array");
                return false;
            }

            var list = new List<ToolCall>();
            foreach (var item in document.RootElement.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
                {
                    failure = new ParseFailure(ParseFailureKind.NotACall, $"element {list.Count} has no name");
                    return false;
                }

                if (!item.TryGetProperty("arguments", out var arguments) || arguments.ValueKind != JsonValueKind.Object)
                {
                    failure = new ParseFailure(ParseFailureKind.NotACall, $"the arguments of call {list.Count} are no JSON object");
                    return false;
                }

                if (!IsText(name))
                {
                    failure = new ParseFailure(ParseFailureKind.NotACall, $"the name of call {list.Count} holds half of a surrogate pair, which is no text");
                    return false;
                }

                list.Add(new ToolCall(name.GetString()!, arguments.Clone()));
            }

            calls = list;
            failure = null;
            return true;
        }
    }

    // JSON's grammar lets an escape stand for half of a surrogate pair. In arguments that is a wrong value; a tool's name must be text.
    static bool IsText(JsonElement name)
    {
        try
        {
            _ = name.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Compact JSON of the calls, non-ASCII characters written as they are.</summary>
    public static string Write(IEnumerable<ToolCall> calls)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartArray();
            foreach (var call in calls)
            {
                writer.WriteStartObject();
                writer.WriteString("name", call.Name);
                writer.WritePropertyName("arguments");
                call.Arguments.WriteTo(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
