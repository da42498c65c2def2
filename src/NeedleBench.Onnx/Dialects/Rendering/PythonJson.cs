using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeedleBench.Onnx.Dialects.Rendering;

/// <summary>
/// JSON as Python's <c>json.dumps</c> writes it by default: <c>", "</c> and <c>": "</c>, members in the order given. Chat
/// templates call it with <c>ensure_ascii=False</c>, Berkeley's handlers without; other spacing or other escapes would be
/// other tokens.
/// </summary>
static class PythonJson
{
    /// <param name="text">Takes the JSON.</param>
    /// <param name="element">Any JSON value.</param>
    /// <param name="ensureAscii">Whether every character beyond printable ASCII becomes <c>\uXXXX</c>.</param>
    public static void Append(StringBuilder text, JsonElement element, bool ensureAscii = false)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var separator = "";
                foreach (var member in element.EnumerateObject())
                {
                    text.Append(separator);
                    AppendString(text, JsonStrings.Name(member), ensureAscii);
                    text.Append(": ");
                    Append(text, member.Value, ensureAscii);
                    separator = ", ";
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                separator = "";
                foreach (var item in element.EnumerateArray())
                {
                    text.Append(separator);
                    Append(text, item, ensureAscii);
                    separator = ", ";
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                AppendString(text, JsonStrings.Value(element), ensureAscii);
                break;
            case JsonValueKind.Number:
                text.Append(Number(element.GetRawText()));
                break;
            case JsonValueKind.Undefined:
                text.Append("null");
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    /// <summary>A string with its quotation marks; an unpaired surrogate becomes the replacement character.</summary>
    public static void AppendString(StringBuilder text, string value, bool ensureAscii = false)
    {
        text.Append('"');
        foreach (var c in JsonStrings.WellFormed(value))
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                default:
                    if (c < ' ' || (ensureAscii && c > '~'))
                    {
                        text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    }
                    else
                    {
                        text.Append(c);
                    }

                    break;
            }
        }

        text.Append('"');
    }

    /// <summary>
    /// A JSON number as Python writes it back: an integer digit for digit, anything with a point or an exponent as the
    /// <c>repr</c> of a double.
    /// </summary>
    public static string Number(string json) =>
        json.AsSpan().IndexOfAny('.', 'e', 'E') < 0
            ? json == "-0" ? "0" : json
            : Float(double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture));

    /// <summary>
    /// <c>repr</c> of a double: the shortest digits that read back equal; an exponent of at least two digits below 1e-4 and
    /// from 1e16 on; <c>.0</c> behind whole numbers.
    /// </summary>
    public static string Float(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        // Shortest round-trip digits, whichever notation the library chose for them.
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var mantissa = parts[0].Replace(".", "", StringComparison.Ordinal).Trim('0');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var whole = parts[0].AsSpan(0, point < 0 ? parts[0].Length : point);
        var exponent = whole is "0" ? -parts[0].AsSpan(2).IndexOfAnyExcept('0') - 1 : whole.Length - 1;
        if (parts.Length > 1)
        {
            exponent += int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        var sign = value < 0 ? "-" : "";
        if (exponent is < -4 or >= 16)
        {
            var fraction = mantissa.Length > 1 ? $".{mantissa[1..]}" : "";
            return string.Create(
                CultureInfo.InvariantCulture, $"{sign}{mantissa[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{mantissa}";
        }

        var digits = mantissa.PadRight(exponent + 1, '0');
        return $"{sign}{digits[..(exponent + 1)]}.{(digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0")}";
    }
}
