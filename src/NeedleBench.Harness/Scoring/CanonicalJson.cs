using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace NeedleBench.Harness.Scoring;

/// <summary>
/// JSON values as text in which equality of values is equality of strings (ordinal). Numbers are compared as exact decimals
/// whatever their spelling and size (<c>5 = 5.0 = 50e-1</c>, <c>-0 = 0</c>), strings and member names after Unicode NFC,
/// objects without order and with the last of doubled members, arrays in order. Nothing is coerced: <c>"5"</c> is not 5.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The canonical text of a value. It is a key to compare by, not JSON.</summary>
    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>
    /// A member's name as it is. A name that is no valid Unicode text (a lone surrogate) is returned as the file spells it.
    /// </summary>
    public static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }

    static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                AppendString(text, value);
                break;
            case JsonValueKind.Number:
                AppendNumber(text, value.GetRawText());
                break;
            case JsonValueKind.True:
                text.Append('t');
                break;
            case JsonValueKind.False:
                text.Append('f');
                break;
            case JsonValueKind.Null:
                text.Append('z');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.Object:
                AppendObject(text, value);
                break;
            default:
                throw new ArgumentException("An undefined element is no JSON value.", nameof(value));
        }
    }

    static void AppendObject(StringBuilder text, JsonElement value)
    {
        var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            members[Normalized(NameOf(member))] = member.Value;
        }

        text.Append('{');
        foreach (var (name, member) in members)
        {
            AppendCounted(text, 's', name);
            Append(text, member);
            text.Append(',');
        }

        text.Append('}');
    }

    static void AppendString(StringBuilder text, JsonElement value)
    {
        string content;
        try
        {
            content = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate cannot be a string; its escaped spelling equals only itself.
            AppendCounted(text, 'r', value.GetRawText());
            return;
        }

        AppendCounted(text, 's', Normalized(content));
    }

    // The length in front keeps nested text unambiguous without escaping.
    static void AppendCounted(StringBuilder text, char kind, string content) =>
        text.Append(kind).Append(CultureInfo.InvariantCulture, $"{content.Length}").Append(':').Append(content);

    static string Normalized(string text) => Ascii.IsValid(text) ? text : text.Normalize(NormalizationForm.FormC);

    static void AppendNumber(StringBuilder text, string raw)
    {
        var mantissa = raw.AsSpan();
        var exponent = BigInteger.Zero;
        if (mantissa.IndexOfAny('e', 'E') is >= 0 and var at)
        {
            exponent = BigInteger.Parse(mantissa[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..at];
        }

        var negative = mantissa[0] == '-';
        mantissa = negative ? mantissa[1..] : mantissa;
        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        exponent -= point < 0 ? 0 : mantissa.Length - point - 1;

        var significant = digits.AsSpan().Trim('0');
        if (significant.IsEmpty)
        {
            text.Append("n0");
            return;
        }

        exponent += digits.Length - digits.AsSpan().TrimEnd('0').Length;
        text.Append(negative ? "n-" : "n").Append(significant).Append('e').Append(CultureInfo.InvariantCulture, $"{exponent}");
    }
}
