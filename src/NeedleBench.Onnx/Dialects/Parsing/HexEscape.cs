using System.Buffers;
using System.Globalization;

namespace NeedleBench.Onnx.Dialects.Parsing;

/// <summary>The digits of an escape such as <c>\u00e9</c>.</summary>
static class HexEscape
{
    static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Reads exactly <paramref name="length"/> digits; fewer at the end of the text are a cut-off one.</summary>
    public static bool TryRead(TextCursor cursor, int length, out uint value)
    {
        value = 0;
        var digits = cursor.Rest[..Math.Min(length, cursor.Rest.Length)];
        var other = digits.IndexOfAnyExcept(Digits);
        if (other >= 0 || digits.Length < length)
        {
            cursor.Position += other >= 0 ? other : digits.Length;
            return cursor.FailExpecting("a hexadecimal digit");
        }

        value = uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        cursor.Position += length;
        return true;
    }
}
