using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeedleBench.Onnx.Dialects.Parsing;

/// <summary>From values that a grammar has read to calls.</summary>
static class CallNodes
{
    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A call of that name.</summary>
    public static ToolCall Call(string name, JsonObject arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            arguments.WriteTo(writer);
        }

        return new ToolCall(name, JsonElement.Parse(buffer.WrittenSpan));
    }

    /// <summary>Adds <c>{"name":…,"arguments":{…}}</c>, or a list of them.</summary>
    public static bool TryAdd(TextCursor cursor, JsonNode? node, List<ToolCall> calls)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                if (!TryAddOne(cursor, item, calls))
                {
                    return false;
                }
            }

            return true;
        }

        return TryAddOne(cursor, node, calls);
    }

    static bool TryAddOne(TextCursor cursor, JsonNode? node, List<ToolCall> calls)
    {
        if (node is not JsonObject call || !call.TryGetPropertyValue("name", out var name) || name?.GetValueKind() != JsonValueKind.String)
        {
            return cursor.Fail(ParseFailureKind.NotACall, $"call {calls.Count} without a name ends");
        }

        if (!call.TryGetPropertyValue("arguments", out var arguments) || arguments is not JsonObject given)
        {
            return cursor.Fail(ParseFailureKind.NotACall, $"call {calls.Count}, whose arguments are no JSON object, ends");
        }

        calls.Add(Call(name.GetValue<string>(), given));
        return true;
    }
}
