namespace NeedleBench.Onnx.Dialects.Parsing;

/// <summary>
/// Calls as JSON between <c>&lt;tool_call&gt;</c> and <c>&lt;/tool_call&gt;</c>, as Hermes, Qwen and Granite write them. A block may
/// hold one call, several, or a list; its end tag may be missing where the text ends or the next block begins. An answer that is
/// JSON from its first character on counts without the tags.
/// </summary>
static class TaggedJsonGrammar
{
    const string Start = "<tool_call>";
    const string End = "</tool_call>";
    const string ThinkStart = "<think>";
    const string ThinkEnd = "</think>";

    public static DialectAnswer Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new DialectAnswer([], new ParseFailure(ParseFailureKind.Empty, "the model wrote nothing"));
        }

        var cursor = new TextCursor(text);
        var calls = new List<ToolCall>();
        cursor.SkipSpace();
        if (cursor.TryTake(ThinkStart) && !cursor.TrySkipPast(ThinkEnd))
        {
            cursor.FailExpecting(ThinkEnd);
            return new DialectAnswer(calls, cursor.Failure);
        }

        cursor.SkipSpace();
        if (JsonCalls.BeginsHere(cursor) && !cursor.Rest.Contains(Start, StringComparison.Ordinal))
        {
            return JsonCalls.ParseRest(cursor);
        }

        while (cursor.TrySkipPast(Start) && TryBlock(cursor, calls))
        {
            // Prose between two blocks is passed over.
        }

        return new DialectAnswer(calls, cursor.Failure);
    }

    static bool TryBlock(TextCursor cursor, List<ToolCall> calls)
    {
        for (var count = 0; ; count++)
        {
            cursor.SkipSpace();
            if (count > 0 && (cursor.IsAtEnd || cursor.TryTake(End) || cursor.IsAt(Start)))
            {
                return true;
            }

            if (cursor.Current is not ('{' or '['))
            {
                return cursor.FailExpecting(count == 0 ? "a call" : $"a call or {End}");
            }

            if (!JsonCalls.TryRead(cursor, calls))
            {
                return false;
            }
        }
    }
}
