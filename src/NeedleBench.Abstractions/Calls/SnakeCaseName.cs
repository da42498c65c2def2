using System.Text;

namespace NeedleBench;

/// <summary>
/// A tool's name as Needle was trained to see it: non-alphanumerics become <c>_</c>, camel humps are split, letters
/// lowered, runs of <c>_</c> folded, ends trimmed. Only ASCII counts as alphanumeric.
/// </summary>
public static class SnakeCaseName
{
    /// <summary>Converts one name. Empty where the name holds no ASCII letter or digit.</summary>
    public static string From(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (!char.IsAsciiLetterOrDigit(c))
            {
                Separate(text);
                continue;
            }

            if (IsHumpStart(name, i))
            {
                Separate(text);
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString().TrimEnd('_');
    }

    // "getWeather" splits before W; "HTTPServer" before S, the last capital of a run that begins a word.
    static bool IsHumpStart(string name, int i) =>
        char.IsAsciiLetterUpper(name[i]) && i > 0
        && (char.IsAsciiLetterLower(name[i - 1]) || char.IsAsciiDigit(name[i - 1])
            || (char.IsAsciiLetterUpper(name[i - 1]) && i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));

    static void Separate(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != '_')
        {
            text.Append('_');
        }
    }
}
