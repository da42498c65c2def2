using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeedleBench.San.Prompting;

/// <summary>
/// JSON without spaces, characters beyond ASCII as <c>\uXXXX</c> in lower-case hexadecimal: the bytes of Python's
/// <c>json.dumps(x, separators=(",", ":"))</c>, which the SAN's tool lists were trained in.
/// </summary>
static class CompactJson
{
    public static void Append(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var firstMember = true;
                foreach (var member in element.EnumerateObject())
                {
                    Separate(text, ref firstMember);
                    AppendKey(text, member.Name);
                    Append(text, member.Value);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var firstItem = true;
                foreach (var item in element.EnumerateArray())
                {
                    Separate(text, ref firstItem);
                    Append(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                AppendString(text, element.GetString()!);
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    public static void AppendKey(StringBuilder text, string name)
    {
        AppendString(text, name);
        text.Append(':');
    }

    public static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
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
                case < ' ' or > '~': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }

    static void Separate(StringBuilder text, ref bool first)
    {
        if (!first)
        {
            text.Append(',');
        }

        first = false;
    }
}
