using System.Globalization;
using System.Text;

namespace NeedleBench.Harness.Bfcl.Checking;

/// <summary>Strings are compared without blanks and <c>, . / - _ * ^</c>, in lower case, with one kind of quote.</summary>
static class StringRules
{
    const string Removed = " ,./-_*^";

    /// <summary>Whether a str equals one of the alternatives that are strs.</summary>
    public static BfclVerdict Check(string parameter, PythonValue value, PythonValue alternatives)
    {
        var given = Standardize(value.Text);
        return alternatives.Indexed().Any(a => a.Type == PythonType.Str && Standardize(a.Text) == given)
            ? BfclVerdict.Right
            : BfclVerdict.Wrong("value_error:string", $"the value of '{parameter}' is none of the accepted texts");
    }

    /// <summary>A str standardised, any other value as it is.</summary>
    public static PythonValue Standardize(PythonValue value) =>
        value.Type == PythonType.Str ? PythonValue.Of(Standardize(value.Text)) : value;

    public static string Standardize(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!Removed.Contains(c, StringComparison.Ordinal))
            {
                kept.Append(c);
            }
        }

        return Lower(kept.ToString()).Replace('\'', '"');
    }

    // Python's str.lower() is the full mapping of Unicode: simple mappings but for the dotted capital I and the final sigma.
    static string Lower(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var lower = new StringBuilder(text.Length + 1);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\u0130')
            {
                lower.Append("i\u0307");
            }
            else if (text[i] == '\u03A3')
            {
                lower.Append(IsFinal(text, i) ? '\u03C2' : '\u03C3');
            }
            else if (char.IsSurrogatePair(text, i))
            {
                lower.Append(Rune.ToLowerInvariant(new Rune(text[i], text[i + 1])));
                i++;
            }
            else
            {
                lower.Append(char.ToLowerInvariant(text[i]));
            }
        }

        return lower.ToString();
    }

    // Unicode's Final_Sigma: a cased letter before, none after, whatever is case-ignorable in between.
    static bool IsFinal(string text, int at)
    {
        var before = at - 1;
        while (before >= 0 && IsCaseIgnorable(text[before]))
        {
            before--;
        }

        var after = at + 1;
        while (after < text.Length && IsCaseIgnorable(text[after]))
        {
            after++;
        }

        return before >= 0 && IsCased(text[before]) && !(after < text.Length && IsCased(text[after]));
    }

    static bool IsCased(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    static bool IsCaseIgnorable(char c) => c is '\'' or ':' or '\u00B7' or '\u2018' or '\u2019' or '\u2024' or '\u2027'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
