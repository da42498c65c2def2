using System.Text.Json.Nodes;

namespace NeedleBench.Onnx.Dialects.Parsing;

/// <summary>
/// Calls in Python's syntax with literal keyword arguments, <c>[f(a="x", n=-3), g.h(l=[1, (2, 3)], d={"k": None})]</c>, by
/// recursive descent. More than Python allows: keywords of the language as names of parameters (<c>from=</c>), leading zeros
/// (<c>month=07</c>), control characters in strings, JSON's <c>true</c>, <c>false</c> and <c>null</c>.
/// </summary>
static class PythonicGrammar
{
    /// <summary>Whether the rest begins as a list of calls would: <c>[name(</c>.</summary>
    public static bool ListBeginsHere(TextCursor cursor)
    {
        if (cursor.Current != '[')
        {
            return false;
        }

        var inner = cursor.Rest[1..].TrimStart();
        var length = 0;
        while (length < inner.Length && IsNamePart(inner[length]))
        {
            length++;
        }

        return length > 0 && length < inner.Length && inner[length] == '(';
    }

    /// <summary>Reads <c>[call, …]</c>, or calls without the brackets.</summary>
    public static bool TryCalls(TextCursor cursor, List<ToolCall> calls)
    {
        var isList = cursor.TryTake('[');
        cursor.SkipSpace();
        if (isList && cursor.TryTake(']'))
        {
            return true;
        }

        while (true)
        {
            if (!TryCall(cursor, calls))
            {
                return false;
            }

            cursor.SkipSpace();
            var isSeparated = cursor.TryTake(',');
            cursor.SkipSpace();
            if (isList && cursor.TryTake(']'))
            {
                return true;
            }

            if (!isSeparated && !(!isList && IsNamePart(cursor.Current)))
            {
                return !isList || cursor.FailExpecting("',' or ']'");
            }
        }
    }

    static bool TryCall(TextCursor cursor, List<ToolCall> calls)
    {
        var name = ReadName(cursor);
        if (name.Length == 0)
        {
            return cursor.FailExpecting("a function's name");
        }

        cursor.SkipSpace();
        if (!cursor.TryTake('('))
        {
            return cursor.FailExpecting("'('");
        }

        var arguments = new JsonObject();
        cursor.SkipSpace();
        while (!cursor.TryTake(')'))
        {
            var start = cursor.Position;
            var parameter = ReadName(cursor);
            cursor.SkipSpace();
            if (cursor.IsAtEnd)
            {
                return cursor.FailExpecting("an argument");
            }

            if (parameter.Length == 0 || !cursor.TryTake('='))
            {
                cursor.Position = start;
                return cursor.Fail(ParseFailureKind.NotACall, "an argument has no name");
            }

            if (!TryValue(cursor, out var value))
            {
                return false;
            }

            arguments[parameter] = value;
            if (!TryNext(cursor, ')'))
            {
                return false;
            }
        }

        calls.Add(CallNodes.Call(name, arguments));
        return true;
    }

    static bool TryValue(TextCursor cursor, out JsonNode? value)
    {
        value = null;
        cursor.SkipSpace();
        if (PythonString.BeginsHere(cursor))
        {
            var isString = PythonString.TryRead(cursor, isStrict: false, out var text);
            value = text;
            return isString;
        }

        switch (cursor.Current)
        {
            case '[': return TrySequence(cursor, ']', out value, out _);
            case '(': return TryTuple(cursor, out value);
            case '{': return TryDict(cursor, out value);
            case '-' or '+' or '.' or (>= '0' and <= '9'): return TryNumber(cursor, out value);
            default: return TryWord(cursor, out value);
        }
    }

    static bool TryNumber(TextCursor cursor, out JsonNode? value)
    {
        value = null;
        var isNegative = cursor.TryTake('-');
        if (!isNegative)
        {
            cursor.TryTake('+');
        }

        cursor.SkipSpace();
        if (!NumberText.TryUnsigned(cursor, isPython: true, out var number))
        {
            return false;
        }

        value = NumberText.Node(number, isNegative);
        return true;
    }

    static bool TryWord(TextCursor cursor, out JsonNode? value)
    {
        value = null;
        var start = cursor.Position;
        var word = ReadName(cursor);
        switch (word)
        {
            case "True" or "true":
                value = true;
                break;
            case "False" or "false":
                value = false;
                break;
            case "None" or "null":
                break;
            default:
                if (!cursor.IsAtEnd)
                {
                    cursor.Position = start;
                }

                return cursor.FailExpecting("a literal");
        }

        return true;
    }

    // A tuple becomes a list; parentheses round one value without a comma only group.
    static bool TryTuple(TextCursor cursor, out JsonNode? value)
    {
        if (!TrySequence(cursor, ')', out value, out var hasComma))
        {
            return false;
        }

        if (value is JsonArray { Count: 1 } single && !hasComma)
        {
            value = single[0];
            single.RemoveAt(0);
        }

        return true;
    }

    static bool TrySequence(TextCursor cursor, char end, out JsonNode? value, out bool hasComma)
    {
        var items = new JsonArray();
        value = items;
        hasComma = false;
        if (!cursor.TryEnter())
        {
            return false;
        }

        cursor.Position++;
        cursor.SkipSpace();
        while (!cursor.TryTake(end))
        {
            if (!TryValue(cursor, out var item))
            {
                return false;
            }

            items.Add(item);
            cursor.SkipSpace();
            hasComma |= cursor.Current == ',';
            if (!TryNext(cursor, end))
            {
                return false;
            }
        }

        cursor.Leave();
        return true;
    }

    static bool TryDict(TextCursor cursor, out JsonNode? value)
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
            if (!TryValue(cursor, out var key))
            {
                return false;
            }

            if (key is JsonArray or JsonObject)
            {
                return cursor.Fail(ParseFailureKind.NotJson, "a key that is no plain value ends");
            }

            cursor.SkipSpace();
            if (!cursor.TryTake(':'))
            {
                return cursor.FailExpecting("':'");
            }

            if (!TryValue(cursor, out var member))
            {
                return false;
            }

            members[KeyText(key)] = member;
            if (!TryNext(cursor, '}'))
            {
                return false;
            }
        }

        cursor.Leave();
        return true;
    }

    // JSON's keys are strings: other plain values become the text that JSON has for them, as in json.dumps.
    public static string KeyText(JsonNode? key) =>
        key is null ? "null" : key.GetValueKind() == System.Text.Json.JsonValueKind.String ? key.GetValue<string>() : key.ToJsonString();

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

    static string ReadName(TextCursor cursor)
    {
        var start = cursor.Position;
        while (!cursor.IsAtEnd && IsNamePart(cursor.Current))
        {
            cursor.Position++;
        }

        return cursor.Text[start..cursor.Position];
    }

    // Wider than Python's identifiers: tools may be named with dots, hyphens, colons and slashes.
    static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or ':' or '/';
}
