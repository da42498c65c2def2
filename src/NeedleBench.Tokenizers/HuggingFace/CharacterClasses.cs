using System.Globalization;
using System.Text;

namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>What a character is to the patterns of tokenizers, by code point: a surrogate pair is one character.</summary>
static class CharacterClasses
{
    /// <summary>Neither letter, number nor white space.</summary>
    public const byte Other = 0;

    /// <summary><c>\p{L}</c>.</summary>
    public const byte Letter = 1;

    /// <summary><c>\p{N}</c>.</summary>
    public const byte Number = 2;

    /// <summary><c>\s</c>: Unicode's White_Space, which <see cref="char.IsWhiteSpace(char)"/> is too. None is above U+FFFF.</summary>
    public const byte Space = 3;

    static readonly byte[] Classes = MakeClasses();

    /// <summary>The class of the character that begins at <paramref name="i"/>, and its length in UTF-16.</summary>
    public static byte At(ReadOnlySpan<char> text, int i, out int length)
    {
        var character = text[i];
        if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
        {
            length = 2;
            return Of(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(character, text[i + 1])));
        }

        length = 1;
        return Classes[character];
    }

    /// <summary>The place behind the characters of one class that stand from <paramref name="i"/> on.</summary>
    public static int SkipWhile(ReadOnlySpan<char> text, int i, byte kind)
    {
        while (i < text.Length && At(text, i, out var length) == kind)
        {
            i += length;
        }

        return i;
    }

    /// <summary>Rust's <c>\w</c>: Alphabetic, marks, decimal digits, connector punctuation and the joiners (UTS #18).</summary>
    public static bool IsWord(Rune rune) => rune.Value is 0x200C or 0x200D || IsAlphabeticSymbol(rune.Value) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;

    /// <summary>Circled and squared letters: symbols that have the property Alphabetic all the same.</summary>
    public static bool IsAlphabeticSymbol(int codePoint) => codePoint is
        (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);

    /// <summary>ASCII punctuation and <c>\p{P}</c>.</summary>
    public static bool IsPunctuation(Rune rune) =>
        rune.IsAscii ? rune.Value > ' ' && rune.Value < 0x7F && !Rune.IsLetterOrDigit(rune) : Rune.IsPunctuation(rune);

    /// <summary><c>\p{N}</c>.</summary>
    public static bool IsNumber(Rune rune) => Rune.IsNumber(rune);

    static byte[] MakeClasses()
    {
        var classes = new byte[0x10000];
        for (var i = 0; i < classes.Length; i++)
        {
            classes[i] = char.IsWhiteSpace((char)i) ? Space : Of(CharUnicodeInfo.GetUnicodeCategory((char)i));
        }

        return classes;
    }

    static byte Of(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.OtherLetter => Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Number,
        _ => Other,
    };
}
