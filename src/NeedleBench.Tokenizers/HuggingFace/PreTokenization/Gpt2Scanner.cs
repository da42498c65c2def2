namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>GPT-2's pattern (<see cref="Pattern"/>) by hand: equal to it on every text, and several times as fast.</summary>
sealed class Gpt2Scanner : ISplitter
{
    public const string Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public static Gpt2Scanner Instance { get; } = new();

    public void Find(ReadOnlySpan<char> text, List<Match> matches)
    {
        for (var i = 0; i < text.Length;)
        {
            var end = End(text, i);
            matches.Add(new Match(i, end - i));
            i = end;
        }
    }

    static int End(ReadOnlySpan<char> text, int i)
    {
        if (text[i] == '\'' && Contraction(text[(i + 1)..]) is var contraction and > 0)
        {
            return i + 1 + contraction;
        }

        // A space goes with what follows, unless that is white space too.
        var start = text[i] == ' ' && i + 1 < text.Length ? i + 1 : i;
        var kind = CharacterClasses.At(text, start, out var length);
        if (kind != CharacterClasses.Space)
        {
            return CharacterClasses.SkipWhile(text, start + length, kind);
        }

        return WhiteSpaceEnd(text, i);
    }

    /// <summary><c>\s+(?!\S)|\s+</c>: white space but for its last character, where something else follows.</summary>
    public static int WhiteSpaceEnd(ReadOnlySpan<char> text, int i)
    {
        var end = CharacterClasses.SkipWhile(text, i, CharacterClasses.Space);
        return end < text.Length && end - i > 1 ? end - 1 : end;
    }

    static int Contraction(ReadOnlySpan<char> rest) => rest switch
    {
        ['s' or 't' or 'm' or 'd', ..] => 1,
        ['r' or 'v', 'e', ..] or ['l', 'l', ..] => 2,
        _ => 0,
    };
}
