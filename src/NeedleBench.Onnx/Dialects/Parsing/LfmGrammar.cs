namespace NeedleBench.Onnx.Dialects.Parsing;

/// <summary>
/// LFM2's answers: calls between <c>&lt;|tool_call_start|&gt;</c> and <c>&lt;|tool_call_end|&gt;</c>, in Python's syntax or, where the
/// system prompt asked for it, as JSON. What stands behind an end token is prose, an echo of the calls too. The end token may be
/// missing where the text ends; without any token, an answer that is a list of calls from its first character on counts.
/// </summary>
static class LfmGrammar
{
    const string Start = "<|tool_call_start|>";
    const string End = "<|tool_call_end|>";

    public static DialectAnswer Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new DialectAnswer([], new ParseFailure(ParseFailureKind.Empty, "the model wrote nothing"));
        }

        var cursor = new TextCursor(text) { Barrier = "<|tool_call_" };
        var calls = new List<ToolCall>();
        cursor.SkipSpace();
        if (!cursor.Rest.Contains(Start, StringComparison.Ordinal))
        {
            if (JsonCalls.BeginsHere(cursor))
            {
                return JsonCalls.ParseRest(cursor);
            }

            if (PythonicGrammar.ListBeginsHere(cursor))
            {
                PythonicGrammar.TryCalls(cursor, calls);
            }

            return new DialectAnswer(calls, cursor.Failure);
        }

        while (cursor.TrySkipPast(Start) && TryBlock(cursor, calls))
        {
            // Prose between two blocks is passed over.
        }

        return new DialectAnswer(calls, cursor.Failure);
    }

    static bool TryBlock(TextCursor cursor, List<ToolCall> calls)
    {
        cursor.SkipSpace();
        if (cursor.TryTake(End))
        {
            return true;
        }

        var isRead = cursor.Current == '{' || (JsonCalls.BeginsHere(cursor) && cursor.Rest.Length > 1)
            ? TryJson(cursor, calls)
            : PythonicGrammar.TryCalls(cursor, calls);
        if (!isRead)
        {
            return false;
        }

        cursor.SkipSpace();
        return cursor.IsAtEnd || cursor.TryTake(End) || cursor.FailExpecting(End);
    }

    static bool TryJson(TextCursor cursor, List<ToolCall> calls)
    {
        do
        {
            if (!JsonCalls.TryRead(cursor, calls))
            {
                return false;
            }

            cursor.SkipSpace();
            cursor.TryTake(',');
            cursor.SkipSpace();
        }
        while (cursor.Current == '{');
        return true;
    }
}
