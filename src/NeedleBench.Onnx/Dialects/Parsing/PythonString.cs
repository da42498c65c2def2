using System.Text;
using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects.Parsing;

/// <summary>
/// Python's string literals: either quotation mark, single or triple, the prefixes <c>r</c> and <c>u</c>, every escape but
/// <c>\N{…}</c>, neighbours joined. Line ends in a single-quoted one are Python's error and, read leniently, ours to keep.
/// </summary>
static class PythonString
{
    /// <summary>Whether a literal begins here, a prefix before it included.</summary>
    public static bool BeginsHere(TextCursor cursor) =>
        cursor.Current is '"' or '\'' || (cursor.Current is 'r' or 'R' or 'u' or 'U' && cursor.Rest.Length > 1 && cursor.Rest[1] is '"' or '\'');

    /// <summary>Reads a literal and those that follow it directly.</summary>
    public static bool TryRead(TextCursor cursor, bool isStrict, out string value)
    {
        var text = new StringBuilder();
        value = "";
        do
        {
            if (!TryOne(cursor, isStrict, text))
            {
                return false;
            }

            cursor.SkipSpace();
        }
        while (BeginsHere(cursor));
        value = JsonStrings.WellFormed(text.ToString());
        return true;
    }

    static bool TryOne(TextCursor cursor, bool isStrict, StringBuilder text)
    {
        var isRaw = cursor.Current is 'r' or 'R';
        if (cursor.Current is not ('"' or '\''))
        {
            cursor.Position++;
        }

        var quote = cursor.Current;
        var triple = new string(quote, 3);
        var isTriple = cursor.TryTake(triple);
        if (!isTriple)
        {
            cursor.Position++;
        }

        while (!cursor.IsAtEnd && !cursor.IsAtBarrier)
        {
            var c = cursor.Current;
            if (isTriple ? cursor.TryTake(triple) : cursor.TryTake(quote))
            {
                return true;
            }

            if (isStrict && (c == '\0' || (!isTriple && c is '\n' or '\r')))
            {
                return cursor.Fail(ParseFailureKind.NotJson, "a string is not closed on its line");
            }

            cursor.Position++;
            if (c != '\\' || cursor.IsAtEnd)
            {
                text.Append(c);
            }
            else if (isRaw)
            {
                text.Append(c).Append(cursor.Current);
                cursor.Position++;
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
        cursor.Position++;
        switch (c)
        {
            case '\n': return true;
            case '\r':
                cursor.TryTake('\n');
                return true;
            case '\\' or '\'' or '"': text.Append(c); return true;
            case 'n': text.Append('\n'); return true;
            case 't': text.Append('\t'); return true;
            case 'r': text.Append('\r'); return true;
            case 'b': text.Append('\b'); return true;
            case 'f': text.Append('\f'); return true;
            case 'a': text.Append('\a'); return true;
            case 'v': text.Append('\v'); return true;
            case 'x': return TryHex(cursor, 2, text);
            case 'u': return TryHex(cursor, 4, text);
            case 'U': return TryHex(cursor, 8, text);
            case >= '0' and <= '7':
                var value = c - '0';
                for (var i = 0; i < 2 && cursor.Current is >= '0' and <= '7'; i++, cursor.Position++)
                {
                    value = (value * 8) + cursor.Current - '0';
                }

                text.Append((char)value);
                return true;
            default:
                // Python keeps the backslash of an escape that it does not know.
                text.Append('\\').Append(c);
                return true;
        }
    }

    static bool TryHex(TextCursor cursor, int length, StringBuilder text)
    {
        if (!HexEscape.TryRead(cursor, length, out var value))
        {
            return false;
        }

        if (value > 0x10FFFF)
        {
            return cursor.Fail(ParseFailureKind.NotJson, "an escape beyond the last character ends");
        }

        _ = value <= char.MaxValue ? text.Append((char)value) : text.Append(char.ConvertFromUtf32((int)value));
        return true;
    }
}
