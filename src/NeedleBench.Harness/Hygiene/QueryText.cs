using System.Globalization;
using System.Text;

namespace NeedleBench.Harness.Hygiene;

/// <summary>Queries as words, for asking whether two are the same or near.</summary>
public static class QueryText
{
    /// <summary>
    /// The words of <paramref name="text"/> with one space between: Unicode NFKC, lower case (invariant), and everything that
    /// is no letter, digit or mark taken as space. Empty where there is no word.
    /// </summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new StringBuilder(text.Length);
        var pending = false;
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().EnumerateRunes())
        {
            if (!IsOfWord(rune))
            {
                pending = words.Length > 0;
                continue;
            }

            if (pending)
            {
                words.Append(' ');
                pending = false;
            }

            words.Append(rune);
        }

        return words.ToString();
    }

    static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
