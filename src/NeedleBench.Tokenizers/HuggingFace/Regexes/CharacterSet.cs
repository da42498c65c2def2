using System.Globalization;
using System.Text;

namespace NeedleBench.Tokenizers.HuggingFace.Regexes;

/// <summary>
/// A set of characters as a .NET pattern: either the inside of a character class (<c>\p{L}\u0041-\u005A</c>), which unites
/// and complements by brackets alone, or any pattern that takes one character.
/// </summary>
readonly record struct CharacterSet(string? Inside, string? Pattern)
{
    const string Anything = @"[\s\S]";

    /// <summary>Unicode's White_Space.</summary>
    public static CharacterSet Space { get; } = new(@"\s", null);

    public static CharacterSet Digit { get; } = new(@"\p{Nd}", null);

    public static CharacterSet HexDigit { get; } = new(@"0-9A-Fa-f", null);

    /// <summary>Alphabetic, marks, decimal digits and connector punctuation: every other alphabetic character is a mark.</summary>
    public static CharacterSet Word { get; } = new(@"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u24B6-\u24E9", null);

    /// <summary>Oniguruma's <c>\w</c> outside of brackets, where its Latin-1 table counts superscript digits and fractions in too.</summary>
    public static CharacterSet WordAlone { get; } = new(Word.Inside + @"\u00B2\u00B3\u00B9\u00BC-\u00BE", null);

    public static CharacterSet Any { get; } = new(@"\s\S", null);

    public static CharacterSet Of(char first, char last) =>
        new(first == last ? Escape(first) : $"{Escape(first)}-{Escape(last)}", null);

    public static string Escape(char character) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");

    /// <summary>The pattern of one character of this set.</summary>
    public string ToPattern() => Pattern ?? $"[{Inside}]";

    public CharacterSet Complement() =>
        Inside is not null ? new(null, $"[^{Inside}]") : new(null, $"(?:(?!{Pattern}){Anything})");

    public CharacterSet Intersect(CharacterSet other) => new(null, $"(?:(?={ToPattern()}){other.ToPattern()})");

    public static CharacterSet Unite(IReadOnlyList<CharacterSet> sets)
    {
        var inside = new StringBuilder();
        foreach (var set in sets)
        {
            inside.Append(set.Inside);
        }

        var patterns = sets.Where(set => set.Pattern is not null).Select(set => set.Pattern!).ToList();
        if (patterns.Count == 0)
        {
            return new(inside.ToString(), null);
        }

        if (inside.Length > 0)
        {
            patterns.Insert(0, $"[{inside}]");
        }

        return new(null, patterns.Count == 1 ? patterns[0] : $"(?:{string.Join('|', patterns)})");
    }
}
