using System.Text;
using System.Text.Json;

namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>Finds the list of examples in what a teacher wrote: alone, in a code fence, in prose, or as the one list of an object.</summary>
static class TeacherReply
{
    // Prose is full of brackets that open nothing; an answer is not searched for ever.
    const int MostTried = 200;

    static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The examples, or why there are none.</summary>
    /// <param name="text">The whole answer.</param>
    /// <param name="isCut">Whether the server stopped it.</param>
    public static (IReadOnlyList<JsonElement> Examples, RejectionReason? Problem) Read(string text, bool isCut)
    {
        if (isCut)
        {
            return ([], RejectionReason.Truncated);
        }

        // What a reasoning model thought aloud is no answer, whatever examples it weighed there.
        const string ThoughtEnd = "</think>";
        var thought = text.LastIndexOf(ThoughtEnd, StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(thought < 0 ? text : text[(thought + ThoughtEnd.Length)..]).AsSpan();
        var anyBracket = false;
        var at = 0;
        for (var tried = 0; tried < MostTried; tried++)
        {
            var next = bytes[at..].IndexOfAny((byte)'[', (byte)'{');
            if (next < 0)
            {
                break;
            }

            anyBracket = true;
            at += next;
            var reader = new Utf8JsonReader(bytes[at..], isFinalBlock: false, new JsonReaderState(Lenient));
            try
            {
                if (!JsonElement.TryParseValue(ref reader, out var value))
                {
                    return ([], RejectionReason.Truncated);
                }

                if (List(value.Value) is { } examples)
                {
                    return (examples, null);
                }

                at += (int)reader.BytesConsumed;
            }
            catch (JsonException)
            {
                if (LooksMeant(bytes[at..]))
                {
                    break; // a part of a broken list is not to be taken for the whole
                }

                at++;
            }
        }

        return ([], anyBracket ? RejectionReason.MalformedJson : RejectionReason.NoJson);
    }

    // "[{" and "{" with a quotation mark begin JSON; "[sic]" and "{name}" are prose.
    static bool LooksMeant(ReadOnlySpan<byte> text) =>
        text[1..].TrimStart(" \t\r\n"u8) is [var next, ..] && next == (text[0] == (byte)'[' ? (byte)'{' : (byte)'"');

    static IReadOnlyList<JsonElement>? List(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            // "[8]" or "[name]" in prose is no list of examples; an empty list is one.
            return value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object) ? [.. value.EnumerateArray()] : null;
        }

        if (value.TryGetProperty("query", out _))
        {
            return [value];
        }

        var lists = value.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Array).ToList();
        return lists.Count == 1 ? List(lists[0].Value) : null;
    }
}
