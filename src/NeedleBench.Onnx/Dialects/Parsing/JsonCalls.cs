using System.Text.Json.Nodes;

namespace NeedleBench.Onnx.Dialects.Parsing;

/// <summary>Calls as plain JSON somewhere in a text: a list of them, or one on its own.</summary>
static class JsonCalls
{
    /// <summary>
    /// Reads every JSON value that begins like calls, <c>[{</c>, <c>[]</c> or <c>{"</c>; the prose between them is passed over.
    /// </summary>
    public static DialectAnswer Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new DialectAnswer([], new ParseFailure(ParseFailureKind.Empty, "the model wrote nothing"));
        }

        return ParseRest(new TextCursor(text));
    }

    /// <inheritdoc cref="Parse"/>
    public static DialectAnswer ParseRest(TextCursor cursor)
    {
        var calls = new List<ToolCall>();
        while (TryFind(cursor) && TryRead(cursor, calls))
        {
            // Prose between two values is passed over.
        }

        return new DialectAnswer(calls, cursor.Failure);
    }

    /// <summary>Whether the rest begins as a list of objects, an empty list or an object would.</summary>
    public static bool BeginsHere(TextCursor cursor)
    {
        if (cursor.Current is not ('[' or '{'))
        {
            return false;
        }

        var inner = cursor.Rest[1..].TrimStart();
        return cursor.Current == '{' ? inner.StartsWith('"') : inner is ['{' or ']', ..] || inner.IsEmpty;
    }

    /// <summary>Reads one value and the calls in it.</summary>
    public static bool TryRead(TextCursor cursor, List<ToolCall> calls) =>
        JsonGrammar.TryValue(cursor, isStrict: false, out JsonNode? value) && CallNodes.TryAdd(cursor, value, calls);

    static bool TryFind(TextCursor cursor)
    {
        while (true)
        {
            var next = cursor.Rest.IndexOfAny('[', '{');
            if (next < 0)
            {
                return false;
            }

            cursor.Position += next;
            if (BeginsHere(cursor))
            {
                return true;
            }

            cursor.Position++;
        }
    }
}
