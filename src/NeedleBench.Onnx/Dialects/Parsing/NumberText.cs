using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace NeedleBench.Onnx.Dialects.Parsing;

/// <summary>
/// Number literals wider than JSON's, as the JSON numbers they stand for: leading zeros dropped, a missing digit beside the
/// point supplied, underscores and other bases resolved. What is JSON already stays as it is, digit for digit.
/// </summary>
static class NumberText
{
    // Converting a longer one from another base takes more than linear time.
    const int MaxOtherBaseDigits = 1000;

    /// <summary>Reads a whole text, such as <c>007</c>, <c>-.5</c> or <c>1e3</c>, as one number.</summary>
    public static JsonNode? TryWhole(string text)
    {
        var cursor = new TextCursor(text);
        var isNegative = cursor.TryTake('-');
        if (!isNegative)
        {
            cursor.TryTake('+');
        }

        return char.IsAsciiDigit(cursor.Current) || cursor.Current == '.'
            ? TryUnsigned(cursor, isPython: false, out var number) && cursor.IsAtEnd ? Node(number, isNegative) : null
            : null;
    }

    /// <summary>The JSON number of an unsigned literal's text, with a sign in front.</summary>
    public static JsonNode Node(string number, bool isNegative) => JsonNode.Parse(isNegative ? $"-{number}" : number)!;

    /// <summary>
    /// Reads an unsigned number at the cursor; with <paramref name="isPython"/> also <c>1_000</c>, <c>0x1f</c>, <c>0o17</c> and
    /// <c>0b11</c>. Fails where it runs into a letter.
    /// </summary>
    public static bool TryUnsigned(TextCursor cursor, bool isPython, out string number)
    {
        number = "";
        if (isPython && cursor.Current == '0' && cursor.Rest.Length > 1 && char.ToLowerInvariant(cursor.Rest[1]) is 'x' or 'o' or 'b')
        {
            return TryOtherBase(cursor, out number);
        }

        var whole = Digits(cursor, isPython);
        var fraction = "";
        var hasPoint = cursor.TryTake('.');
        if (hasPoint)
        {
            fraction = Digits(cursor, isPython);
        }

        var exponent = "";
        if (whole.Length + fraction.Length > 0 && cursor.Current is 'e' or 'E')
        {
            var start = cursor.Position++;
            _ = cursor.TryTake('+') || cursor.TryTake('-');
            var sign = cursor.Text[start..cursor.Position];
            exponent = Digits(cursor, isPython);
            if (exponent.Length == 0)
            {
                return cursor.FailExpecting("a digit");
            }

            exponent = sign + exponent;
        }

        if (whole.Length + fraction.Length == 0 || IsLetter(cursor.Current))
        {
            return cursor.FailExpecting("a digit");
        }

        whole = whole.TrimStart('0');
        number = (whole.Length == 0 ? "0" : whole) + (hasPoint ? $".{(fraction.Length == 0 ? "0" : fraction)}" : "") + exponent;
        return true;
    }

    static string Digits(TextCursor cursor, bool isPython)
    {
        var start = cursor.Position;
        var hasUnderscore = false;
        while (char.IsAsciiDigit(cursor.Current) || (isPython && IsUnderscoreBetweenDigits(cursor)))
        {
            hasUnderscore |= cursor.Current == '_';
            cursor.Position++;
        }

        var digits = cursor.Text[start..cursor.Position];
        return hasUnderscore ? digits.Replace("_", "", StringComparison.Ordinal) : digits;
    }

    static bool IsUnderscoreBetweenDigits(TextCursor cursor) =>
        cursor.Current == '_' && cursor.Position > 0 && char.IsAsciiDigit(cursor.Text[cursor.Position - 1])
        && cursor.Rest.Length > 1 && char.IsAsciiDigit(cursor.Rest[1]);

    static bool TryOtherBase(TextCursor cursor, out string number)
    {
        number = "";
        cursor.Position++;
        var radix = char.ToLowerInvariant(cursor.Current) switch { 'x' => 16, 'o' => 8, _ => 2 };
        cursor.Position++;
        var value = BigInteger.Zero;
        var count = 0;
        for (; char.IsAsciiHexDigit(cursor.Current) || (cursor.Current == '_' && !cursor.IsAtEnd); cursor.Position++)
        {
            if (cursor.Current == '_')
            {
                continue;
            }

            var digit = Convert.ToInt32(cursor.Current.ToString(), 16);
            if (digit >= radix || ++count > MaxOtherBaseDigits)
            {
                return cursor.Fail(ParseFailureKind.NotJson, $"a number of base {radix} cannot be read");
            }

            value = (value * radix) + digit;
        }

        number = value.ToString(CultureInfo.InvariantCulture);
        return count > 0 && !IsLetter(cursor.Current) || cursor.FailExpecting("a digit");
    }

    static bool IsLetter(char c) => char.IsLetter(c) || c == '_';
}
