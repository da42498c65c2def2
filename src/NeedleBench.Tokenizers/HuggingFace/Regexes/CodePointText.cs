using System.Globalization;

namespace NeedleBench.Tokenizers.HuggingFace.Regexes;

/// <summary>
/// .NET matches UTF-16 units, so that <c>\p{L}</c> does not take 𐐀 and <c>\p{N}{1,3}</c> counts 𝟘 as two. Here each
/// surrogate pair becomes one character of the same general category that the pattern does not name by itself: patterns
/// ask for nothing else of a character above U+FFFF.
/// </summary>
sealed class CodePointText
{
    readonly char[] _stands = new char[(int)UnicodeCategory.OtherNotAssigned + 1];
    readonly char _alphabeticSymbol;

    /// <param name="named">The ranges of characters that the pattern names.</param>
    /// <exception cref="NotSupportedException">The pattern names all characters of a category that has some above U+FFFF.</exception>
    public CodePointText(IReadOnlyList<(char First, char Last)> named)
    {
        // What our own classes name one by one, such as the digits of \h, is Latin-1; two letters fold into that.
        for (var i = 0x100; i <= char.MaxValue; i++)
        {
            if (i is 0x017F or 0x212A)
            {
                continue;
            }

            var category = (int)CharUnicodeInfo.GetUnicodeCategory((char)i);
            if (_stands[category] == '\0' || (CharacterClasses.IsAlphabeticSymbol(i) && _alphabeticSymbol == '\0'))
            {
                if (IsNamed((char)i, named))
                {
                    continue;
                }

                if (CharacterClasses.IsAlphabeticSymbol(i))
                {
                    _alphabeticSymbol = (char)i;
                }
                else
                {
                    _stands[category] = (char)i;
                }
            }
        }

        // Control characters, separators and surrogates are all below U+10000, title case and enclosing marks too.
        for (var category = 0; category < _stands.Length; category++)
        {
            if (_stands[category] == '\0' && HasSupplementary((UnicodeCategory)category))
            {
                throw new NotSupportedException($"every character of the category {(UnicodeCategory)category} by name");
            }
        }

        if (_alphabeticSymbol == '\0')
        {
            throw new NotSupportedException("every circled letter by name");
        }
    }

    /// <summary>Writes the text with one unit to a character.</summary>
    /// <param name="text">A text without lone surrogates.</param>
    /// <param name="output">As long as <paramref name="text"/>.</param>
    /// <param name="starts">One longer than <paramref name="text"/>: receives where each character begins there, and its end.</param>
    /// <returns>The count of characters.</returns>
    public int Write(ReadOnlySpan<char> text, Span<char> output, Span<int> starts)
    {
        var count = 0;
        for (var i = 0; i < text.Length; count++)
        {
            starts[count] = i;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length)
            {
                var codePoint = char.ConvertToUtf32(text[i], text[i + 1]);
                output[count] = CharacterClasses.IsAlphabeticSymbol(codePoint)
                    ? _alphabeticSymbol
                    : _stands[(int)CharUnicodeInfo.GetUnicodeCategory(codePoint)];
                i += 2;
            }
            else
            {
                output[count] = text[i++];
            }
        }

        starts[count] = text.Length;
        return count;
    }

    static bool IsNamed(char character, IReadOnlyList<(char First, char Last)> named)
    {
        foreach (var (first, last) in named)
        {
            if (character >= first && character <= last)
            {
                return true;
            }
        }

        return false;
    }

    static bool HasSupplementary(UnicodeCategory category) => category is not (
        UnicodeCategory.TitlecaseLetter or UnicodeCategory.EnclosingMark or UnicodeCategory.SpaceSeparator
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control or UnicodeCategory.Surrogate);
}
