using System.Text.Json.Nodes;
using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects.Parsing;

/// <summary>
/// FunctionGemma's calls by recursive descent. <c>call := &lt;start_function_call&gt; call:name [ object ] &lt;end_function_call&gt;</c>;
/// <c>object := { [ key:value { ,key:value } ] }</c>; <c>value := &lt;escape&gt;text&lt;escape&gt; | object | [ values ] | bare</c>. A
/// bare value is a boolean, a null, a number, or, as in the makers' own example code, a text without its tokens.
/// </summary>
static class FunctionGemmaGrammar
{
    const string Start = "<start_function_call>";
    const string End = "<end_function_call>";
    const string Escape = "<escape>";

    public static DialectAnswer Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new DialectAnswer([], new ParseFailure(ParseFailureKind.Empty, "the model wrote nothing"));
        }

        var cursor = new TextCursor(text);
        var calls = new List<ToolCall>();
        while (cursor.TrySkipPast(Start) && TryCall(cursor, calls))
        {
            // Prose between two calls is passed over.
        }

        return new DialectAnswer(calls, cursor.Failure);
    }

    static bool TryCall(TextCursor cursor, List<ToolCall> calls)
    {
        cursor.SkipSpace();
        if (!cursor.TryTake("call:"))
        {
            return cursor.FailExpecting("'call:'");
        }

        var name = ReadBare(cursor, "{");
        if (cursor.IsAtEnd)
        {
            return cursor.FailExpecting("the arguments");
        }

        if (name.Length == 0)
        {
            return cursor.Fail(ParseFailureKind.NotACall, "a call has no name");
        }

        JsonNode? arguments = new JsonObject();
        if (cursor.Current == '{' && !TryObject(cursor, out arguments))
        {
            return false;
        }

        cursor.SkipSpace();
        if (!cursor.IsAtEnd && !cursor.TryTake(End))
        {
            return cursor.FailExpecting(End);
        }

        calls.Add(CallNodes.Call(name, (JsonObject)arguments!));
        return true;
    }

    static bool TryObject(TextCursor cursor, out JsonNode? value)
    {
        var members = new JsonObject();
        value = members;
        if (!cursor.TryEnter())
        {
            return false;
        }

        cursor.Position++;
        cursor.SkipSpace();
        while (!cursor.TryTake('}'))
        {
            if (!TryKey(cursor, out var key) || !TryValue(cursor, out var member))
            {
                return false;
            }

            members[key] = member;
            if (!TryNext(cursor, '}'))
            {
                return false;
            }
        }

        cursor.Leave();
        return true;
    }

    static bool TryArray(TextCursor cursor, out JsonNode? value)
    {
        var items = new JsonArray();
        value = items;
        if (!cursor.TryEnter())
        {
            return false;
        }

        cursor.Position++;
        cursor.SkipSpace();
        while (!cursor.TryTake(']'))
        {
            if (!TryValue(cursor, out var item))
            {
                return false;
            }

            items.Add(item);
            if (!TryNext(cursor, ']'))
            {
                return false;
            }
        }

        cursor.Leave();
        return true;
    }

    // Between two elements stands a comma; one before the end does no harm.
    static bool TryNext(TextCursor cursor, char end)
    {
        cursor.SkipSpace();
        if (!cursor.TryTake(',') && cursor.Current != end)
        {
            return cursor.FailExpecting($"',' or '{end}'");
        }

        cursor.SkipSpace();
        return true;
    }

    static bool TryKey(TextCursor cursor, out string key)
    {
        var isKey = true;
        if (cursor.IsAt(Escape))
        {
            isKey = TryEscaped(cursor, out key);
        }
        else if (cursor.Current == '"')
        {
            isKey = JsonGrammar.TryString(cursor, isStrict: false, out key);
        }
        else
        {
            key = ReadBare(cursor, ":{}[],");
            isKey = key.Length > 0 || cursor.FailExpecting("a parameter's name");
        }

        if (!isKey)
        {
            return false;
        }

        cursor.SkipSpace();
        return cursor.TryTake(':') || cursor.FailExpecting("':'");
    }

    static bool TryValue(TextCursor cursor, out JsonNode? value)
    {
        value = null;
        cursor.SkipSpace();
        if (cursor.IsAt(Escape))
        {
            var isText = TryEscaped(cursor, out var text);
            value = text;
            return isText;
        }

        switch (cursor.Current)
        {
            case '{': return TryObject(cursor, out value);
            case '[': return TryArray(cursor, out value);
            case '"':
                var isString = JsonGrammar.TryString(cursor, isStrict: false, out var quoted);
                value = quoted;
                return isString;
            default: return TryBare(cursor, out value);
        }
    }

    static bool TryBare(TextCursor cursor, out JsonNode? value)
    {
        var text = ReadBare(cursor, ",}]");
        value = text switch
        {
            "true" or "True" => true,
            "false" or "False" => false,
            "null" or "None" => null,
            _ => NumberText.TryWhole(text) ?? (JsonNode)Unquoted(text),
        };

        return cursor.IsAtEnd || text.Length == 0 ? cursor.FailExpecting("a value") : true;
    }

    static string Unquoted(string text) => text is ['\'', .. var inner, '\''] ? inner : text;

    // Up to one of the characters or a token of the syntax, without the space around it.
    static string ReadBare(TextCursor cursor, string ends)
    {
        var start = cursor.Position;
        while (!cursor.IsAtEnd && !ends.Contains(cursor.Current, StringComparison.Ordinal) && !IsAtToken(cursor) && !cursor.IsAt(Escape))
        {
            cursor.Position++;
        }

        return JsonStrings.WellFormed(PythonText.Strip(cursor.Text[start..cursor.Position]));
    }

    static bool TryEscaped(TextCursor cursor, out string text)
    {
        cursor.Position += Escape.Length;
        var start = cursor.Position;
        while (!cursor.IsAtEnd && !IsAtToken(cursor))
        {
            if (cursor.Current == '<' && cursor.IsAt(Escape))
            {
                text = JsonStrings.WellFormed(cursor.Text[start..cursor.Position]);
                cursor.Position += Escape.Length;
                return true;
            }

            cursor.Position++;
        }

        text = "";
        return cursor.FailExpecting(Escape);
    }

    // A text cannot hold the tokens that open and close calls: where one comes, the text before it was not closed.
    static bool IsAtToken(TextCursor cursor) => cursor.Current == '<' && (cursor.IsAt(End) || cursor.IsAt(Start));
}
