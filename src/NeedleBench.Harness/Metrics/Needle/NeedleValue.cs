using System.Globalization;
using System.Text;
using System.Text.Json;
using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// Argument values as Needle's own evaluation compares them (<c>benchmark_tool_calls</c> in its <c>needle/training/eval.py</c>):
/// a string that Python's <c>float()</c> reads takes that number's form, every string is trimmed and lower-cased and loses a
/// leading "at " and then a leading "today at "; a number with a point or an exponent becomes a string. So <c>"5"</c>,
/// <c>"5.0"</c> and <c>5.0</c> are one value, and <c>5</c> another. What stands inside a list or an object is not normalised;
/// objects have no order. Digits of other scripts, which Python reads too, are not read as numbers here.
/// </summary>
public static class NeedleValue
{
    /// <summary>Text in which equality of values is equality of strings (ordinal).</summary>
    public static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"s{Normalize(StringOf(value))}",
        JsonValueKind.Number when IsFloat(value) => $"s{FloatText(value.GetDouble())}",
        _ => Plain(value),
    };

    /// <summary>A string after Needle's normalisation.</summary>
    public static string Normalize(string text)
    {
        if (TryReadFloat(text, out var number))
        {
            text = FloatText(number);
        }

        text = WithoutStart(text.Trim().ToLowerInvariant(), "at ");
        return WithoutStart(text, "today at ");
    }

    /// <summary>
    /// A number as Python writes a float: the shortest digits that read back the same, with an exponent below 1e-4 and from
    /// 1e16 on, and always with a point or an exponent.
    /// </summary>
    public static string FloatText(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        // Shortest digits from .NET, whichever notation it chose; then Python's notation.
        var text = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var at ? at : mantissa.Length;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var sign = double.IsNegative(number) ? "-" : "";
        if (digits.Length == 0)
        {
            return $"{sign}0.0";
        }

        // The value is 0.digits times ten to this power.
        var power = point - (all.Length - digits.Length)
            + (exponentAt < 0 ? 0 : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        digits = digits.TrimEnd('0');
        if (power is <= -4 or > 16)
        {
            var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
            var exponent = power - 1;
            return string.Create(
                CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        return power <= 0 ? $"{sign}0.{new string('0', -power)}{digits}"
            : power >= digits.Length ? $"{sign}{digits.PadRight(power, '0')}.0"
            : $"{sign}{digits[..power]}.{digits[power..]}";
    }

    static string WithoutStart(string text, string start) =>
        text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..].Trim() : text;

    // Python's grammar: white space around, underscores between digits, "inf", "infinity" and "nan" in any case.
    static bool TryReadFloat(string text, out double number)
    {
        var trimmed = text.AsSpan().Trim();
        number = 0;
        if (trimmed.IsEmpty || !MayBeNumber(trimmed[0]))
        {
            return false;
        }

        var unsigned = trimmed[0] is '+' or '-' ? trimmed[1..] : trimmed;
        if (unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            number = trimmed[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (unsigned.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            number = double.NaN;
            return true;
        }

        if (unsigned.IsEmpty || !(char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.'))
        {
            return false;
        }

        if (trimmed.Contains('_'))
        {
            for (var i = 0; i < trimmed.Length; i++)
            {
                if (trimmed[i] == '_' && !(i > 0 && i + 1 < trimmed.Length
                    && char.IsAsciiDigit(trimmed[i - 1]) && char.IsAsciiDigit(trimmed[i + 1])))
                {
                    return false;
                }
            }

            trimmed = trimmed.ToString().Replace("_", "", StringComparison.Ordinal);
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(trimmed, Style, CultureInfo.InvariantCulture, out number);
    }

    static bool MayBeNumber(char first) => char.IsAsciiDigit(first) || first is '+' or '-' or '.' or 'i' or 'I' or 'n' or 'N';

    static bool IsFloat(JsonElement number) => number.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') >= 0;

    static string Plain(JsonElement value)
    {
        var text = new StringBuilder();
        AppendPlain(text, value);
        return text.ToString();
    }

    static void AppendPlain(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                AppendCounted(text.Append('s'), StringOf(value));
                break;
            case JsonValueKind.Number:
                var raw = value.GetRawText();
                text.Append('n').Append(IsFloat(value) ? FloatText(value.GetDouble()) : raw == "-0" ? "0" : raw);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    AppendPlain(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.Object:
                var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    members[CanonicalJson.NameOf(member)] = member.Value;
                }

                text.Append('{');
                foreach (var (name, member) in members)
                {
                    AppendCounted(text, name);
                    AppendPlain(text, member);
                    text.Append(',');
                }

                text.Append('}');
                break;
            default:
                text.Append(value.ValueKind switch { JsonValueKind.True => 't', JsonValueKind.False => 'f', _ => 'z' });
                break;
        }
    }

    // The length in front keeps nested text unambiguous without escaping.
    static void AppendCounted(StringBuilder text, string content) =>
        text.Append(CultureInfo.InvariantCulture, $"{content.Length}").Append(':').Append(content);

    /// <summary>A string's text; one that is no valid Unicode as the file spells it.</summary>
    public static string StringOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate cannot be a string; its escaped spelling equals only itself.
            return value.GetRawText();
        }
    }
}
