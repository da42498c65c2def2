namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>
/// The pattern of cl100k, Llama 3 and Qwen 2 (<see cref="PatternOf"/>) by hand: equal to it on every text, and several times
/// as fast. They differ in how many digits may stand together.
/// </summary>
/// <param name="digits">The most digits in a piece: 3, or 1 for Qwen.</param>
sealed class Cl100kScanner(int digits) : ISplitter
{
    /// <summary>The pattern as the files write it.</summary>
    public static string PatternOf(int digits) =>
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}" + (digits == 1 ? "" : $"{{1,{digits}}}")
        + @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public void Find(ReadOnlySpan<char> text, List<Match> matches)
    {
        for (var i = 0; i < text.Length;)
        {
            var end = End(text, i);
            matches.Add(new Match(i, end - i));
            i = end;
        }
    }

    int End(ReadOnlySpan<char> text, int i)
    {
        if (text[i] == '\'' && Contraction(text[(i + 1)..]) is var contraction and > 0)
        {
            return i + 1 + contraction;
        }

        var kind = CharacterClasses.At(text, i, out var length);
        var next = i + length;
        if (kind == CharacterClasses.Letter)
        {
            return CharacterClasses.SkipWhile(text, next, CharacterClasses.Letter);
        }

        if (kind == CharacterClasses.Number)
        {
            return NumberEnd(text, next);
        }

        // One character of any other kind, but no line break, goes with the letters behind it.
        var following = next < text.Length ? CharacterClasses.At(text, next, out _) : CharacterClasses.Space;
        if (following == CharacterClasses.Letter && text[i] is not ('\r' or '\n'))
        {
            return CharacterClasses.SkipWhile(text, next, CharacterClasses.Letter);
        }

        if (kind == CharacterClasses.Other || (text[i] == ' ' && following == CharacterClasses.Other))
        {
            var end = CharacterClasses.SkipWhile(text, next, CharacterClasses.Other);
            while (end < text.Length && text[end] is '\r' or '\n')
            {
                end++;
            }

            return end;
        }

        return WhiteSpaceEnd(text, i);
    }

    int NumberEnd(ReadOnlySpan<char> text, int end)
    {
        for (var count = 1; count < digits && end < text.Length; count++)
        {
            if (CharacterClasses.At(text, end, out var length) != CharacterClasses.Number)
            {
                break;
            }

            end += length;
        }

        return end;
    }

    /// <summary><c>\s*[\r\n]+|\s+(?!\S)|\s+</c>: up to the last line break of the white space, where there is one.</summary>
    static int WhiteSpaceEnd(ReadOnlySpan<char> text, int i)
    {
        var end = CharacterClasses.SkipWhile(text, i, CharacterClasses.Space);
        var lineBreak = text[i..end].LastIndexOfAny('\r', '\n');
        return lineBreak >= 0 ? i + lineBreak + 1 : Gpt2Scanner.WhiteSpaceEnd(text, i);
    }

    // U+017F is an s where case does not count.
    static int Contraction(ReadOnlySpan<char> rest) => rest switch
    {
        ['s' or 'S' or '\u017F' or 't' or 'T' or 'm' or 'M' or 'd' or 'D', ..] => 1,
        ['r' or 'R' or 'v' or 'V', 'e' or 'E', ..] or ['l' or 'L', 'l' or 'L', ..] => 2,
        _ => 0,
    };
}
