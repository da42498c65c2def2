using System.Text;
using System.Text.Json.Nodes;
using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects.Parsing;

/// <summary>
/// JSON (RFC 8259) by recursive descent, number text kept as it stands, the last of two members of one name taken. Lenient
/// reading lets raw control characters stand in strings. Strict reading is that of Python's <c>json.loads</c>: no control
/// characters, but <c>NaN</c> and infinities, which JSON cannot hold and which come back as <c>{"$float":"nan"}</c>.
/// </summary>
static class JsonGrammar
{
    // Python refuses to convert longer ones.
    const int MaxIntegerDigits = 4300;

    /// <summary>Reads one value, and space before it.</summary>
    public static bool TryValue(TextCursor cursor, bool isStrict, out JsonNode? value)
    {
        value = null;
        SkipSpace(cursor, isStrict);
        switch (cursor.Current)
        {
            case '{': return TryObject(cursor, isStrict, out value);
            case '[': return TryArray(cursor, isStrict, out value);
            case '"':
                var isString = TryString(cursor, isStrict, out var text);
                value = text;
                return isString;
            case '-' or (>= '0' and <= '9'): return TryNumber(cursor, isStrict, out value);
            case 't':
                value = true;
                return TryWord(cursor, "true");
            case 'f':
                value = false;
                return TryWord(cursor, "false");
            case 'n': return TryWord(cursor, "null");
            case 'N' when isStrict:
                value = PythonFloats.NotANumber();
                return TryWord(cursor, "NaN");
            case 'I' when isStrict:
                value = PythonFloats.Infinity(isNegative: false);
                return TryWord(cursor, "Infinity");
            default: return cursor.FailExpecting("a JSON value");
        }
    }

    /// <summary>Reads a string literal, from its opening quotation mark on. Unpaired surrogates are replaced.</summary>
    public static bool TryString(TextCursor cursor, bool isStrict, out string value)
    {
        value = "";
        var text = new StringBuilder();
        if (!cursor.TryTake('"'))
        {
            return cursor.FailExpecting("a string");
        }

        while (!cursor.IsAtEnd && !cursor.IsAtBarrier)
        {
            var c = cursor.Current;
            if (c == '"')
            {
                cursor.Position++;
                value = JsonStrings.WellFormed(text.ToString());
                return true;
            }

            if (isStrict && c < ' ')
            {
                return cursor.Fail(ParseFailureKind.NotJson, "a control character stands in a string");
            }

            cursor.Position++;
            if (c != '\\')
            {
                text.Append(c);
            }
            else if (!TryEscape(cursor, text))
            {
                return false;
            }
        }

        return cursor.FailExpecting("the end of a string");
    }

    static bool TryEscape(TextCursor cursor, StringBuilder text)
    {
        var c = cursor.Current;
        switch (c)
        {
            case '"' or '\\' or '/': text.Append(c); break;
            case 'n': text.Append('\n'); break;
            case 't': text.Append('\t'); break;
            case 'r': text.Append('\r'); break;
            case 'b': text.Append('\b'); break;
            case 'f': text.Append('\f'); break;
            case 'u':
                cursor.Position++;
                if (!HexEscape.TryRead(cursor, 4, out var unit))
                {
                    return false;
                }

                text.Append((char)unit);
                return true;
            default: return cursor.FailExpecting("an escape that JSON knows");
        }

        cursor.Position++;
        return true;
    }

    static bool TryObject(TextCursor cursor, bool isStrict, out JsonNode? value)
    {
        var members = new JsonObject();
        value = members;
        if (!cursor.TryEnter())
        {
            return false;
        }

        cursor.Position++;
        SkipSpace(cursor, isStrict);
        var isOpen = !cursor.TryTake('}');
        while (isOpen)
        {
            SkipSpace(cursor, isStrict);
            if (!TryString(cursor, isStrict, out var name))
            {
                return false;
            }

            SkipSpace(cursor, isStrict);
            if (!cursor.TryTake(':'))
            {
                return cursor.FailExpecting("':'");
            }

            if (!TryValue(cursor, isStrict, out var member))
            {
                return false;
            }

            members[name] = member;
            SkipSpace(cursor, isStrict);
            isOpen = cursor.TryTake(',');
            if (!isOpen && !cursor.TryTake('}'))
            {
                return cursor.FailExpecting("',' or '}'");
            }
        }

        cursor.Leave();
        return true;
    }

    static bool TryArray(TextCursor cursor, bool isStrict, out JsonNode? value)
    {
        var items = new JsonArray();
        value = items;
        if (!cursor.TryEnter())
        {
            return false;
        }

        cursor.Position++;
        SkipSpace(cursor, isStrict);
        var isOpen = !cursor.TryTake(']');
        while (isOpen)
        {
            if (!TryValue(cursor, isStrict, out var item))
            {
                return false;
            }

            items.Add(item);
            SkipSpace(cursor, isStrict);
            isOpen = cursor.TryTake(',');
            if (!isOpen && !cursor.TryTake(']'))
            {
                return cursor.FailExpecting("',' or ']'");
            }
        }

        cursor.Leave();
        return true;
    }

    static bool TryNumber(TextCursor cursor, bool isStrict, out JsonNode? value)
    {
        value = null;
        var start = cursor.Position;
        var isNegative = cursor.TryTake('-');
        if (isStrict && isNegative && cursor.Current == 'I')
        {
            value = PythonFloats.Infinity(isNegative: true);
            return TryWord(cursor, "Infinity");
        }

        var whole = cursor.Position;
        if (!cursor.TryTake('0') && !TrySkipDigits(cursor))
        {
            return cursor.FailExpecting("a digit");
        }

        var end = cursor.Position;
        if (cursor.TryTake('.') && !TrySkipDigits(cursor))
        {
            return cursor.FailExpecting("a digit");
        }

        if (cursor.TryTake('e') || cursor.TryTake('E'))
        {
            _ = cursor.TryTake('+') || cursor.TryTake('-');
            if (!TrySkipDigits(cursor))
            {
                return cursor.FailExpecting("a digit");
            }
        }

        var text = cursor.Text[start..cursor.Position];
        if (isStrict && end == cursor.Position && end - whole > MaxIntegerDigits)
        {
            return cursor.Fail(ParseFailureKind.NotJson, "an integer is longer than Python reads");
        }

        value = isStrict && end != cursor.Position ? PythonFloats.Node(text) : JsonNode.Parse(text);
        return true;
    }

    static bool TrySkipDigits(TextCursor cursor)
    {
        var start = cursor.Position;
        while (char.IsAsciiDigit(cursor.Current))
        {
            cursor.Position++;
        }

        return cursor.Position > start;
    }

    static bool TryWord(TextCursor cursor, string word)
    {
        if (cursor.TryTake(word))
        {
            return true;
        }

        if (word.AsSpan().StartsWith(cursor.Rest, StringComparison.Ordinal))
        {
            cursor.Position = cursor.Text.Length;
        }

        return cursor.FailExpecting($"'{word}'");
    }

    static void SkipSpace(TextCursor cursor, bool isStrict)
    {
        while (cursor.Current is ' ' or '\t' or '\r' or '\n' || (!isStrict && PythonText.IsSpace(cursor.Current)))
        {
            cursor.Position++;
        }
    }
}
