using System.Text;
using NeedleBench.Tokenizers.HuggingFace.PreTokenization;

namespace NeedleBench.Tokenizers.HuggingFace.Normalization;

/// <summary>Rules that .NET's strings have no method for.</summary>
static class TextRules
{
    /// <summary>Puts U+FFFD for every lone surrogate: what comes after may count on whole characters.</summary>
    public static string WithoutLoneSurrogates(string text)
    {
        var lone = LoneSurrogate(text, 0);
        if (lone < 0)
        {
            return text;
        }

        var characters = text.ToCharArray();
        for (; lone >= 0; lone = LoneSurrogate(text, lone + 1))
        {
            characters[lone] = '\uFFFD';
        }

        return new string(characters);
    }

    /// <summary>
    /// Lower case character by character, without regard to what stands around it, as Rust's <c>char::to_lowercase</c>: the
    /// one character that becomes two is U+0130.
    /// </summary>
    public static string Lower(string text)
    {
        if (!text.Contains('\u0130', StringComparison.Ordinal))
        {
            return text.ToLowerInvariant();
        }

        return text.Replace("\u0130", "i\u0307", StringComparison.Ordinal).ToLowerInvariant();
    }

    public static string Replace(string text, ISplitter splitter, string content)
    {
        var matches = new List<Match>();
        splitter.Find(text, matches);
        if (matches.Count == 0)
        {
            return text;
        }

        var replaced = new StringBuilder(text.Length);
        var end = 0;
        foreach (var match in matches)
        {
            replaced.Append(text, end, match.Start - end).Append(content);
            end = match.End;
        }

        return replaced.Append(text, end, text.Length - end).ToString();
    }

    static int LoneSurrogate(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            var offset = text.AsSpan(i).IndexOfAnyInRange('\uD800', '\uDFFF');
            if (offset < 0)
            {
                return -1;
            }

            i += offset;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return i;
            }

            i++;
        }

        return -1;
    }
}
