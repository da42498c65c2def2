using System.Globalization;
using System.Text;

namespace NeedleBench.Onnx.Dialects.Rendering;

/// <summary>The little of Python's string functions that templates and handlers lean on.</summary>
static class PythonText
{
    /// <summary><c>str.strip()</c>; Python takes the four ASCII separators for space, .NET does not.</summary>
    public static string Strip(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsSpace(text[start]))
        {
            start++;
        }

        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    /// <summary>How Python orders strings: by code point, not by UTF-16 unit.</summary>
    public static int Compare(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    /// <summary>Decimal digits of any script as ASCII ones, which is how <c>int()</c> and <c>float()</c> read them.</summary>
    public static string AsciiDigits(string text) =>
        text.All(char.IsAscii)
            ? text
            : string.Concat(text.Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));
}
