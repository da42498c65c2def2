using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using NeedleBench.Onnx.Dialects.Parsing;

namespace NeedleBench.Onnx.Dialects.Rendering;

/// <summary>
/// Strings out of parsed JSON. The library refuses to read <c>"\ud800"</c>; an unpaired surrogate cannot be tokenised
/// either, so it becomes the replacement character here.
/// </summary>
static class JsonStrings
{
    /// <param name="element">A JSON string.</param>
    public static string Value(JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return Unescape(raw[1..^1]);
    }

    public static string Name(JsonProperty property) => Unescape(JsonMarshal.GetRawUtf8PropertyName(property));

    /// <summary>The string member of that name, or <paramref name="fallback"/> where there is none.</summary>
    public static string Member(JsonElement element, string name, string fallback) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? Value(member)
            : fallback;

    /// <summary>The text with every unpaired surrogate replaced.</summary>
    public static string WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    i++;
                    continue;
                }

                // The encoder replaces what it cannot write.
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            }
        }

        return text;
    }

    static string Unescape(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var cursor = new TextCursor($"\"{text}\"");
        return JsonGrammar.TryString(cursor, isStrict: false, out var value)
            ? value
            : throw new InvalidOperationException($"JSON that was parsed cannot be read again: {cursor.Failure}");
    }
}
