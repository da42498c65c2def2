namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>The places of one string.</summary>
sealed class LiteralSplitter(string literal) : ISplitter
{
    public void Find(ReadOnlySpan<char> text, List<Match> matches)
    {
        for (var start = 0; literal.Length > 0 && text[start..].IndexOf(literal, StringComparison.Ordinal) is var offset and >= 0;)
        {
            matches.Add(new Match(start + offset, literal.Length));
            start += offset + literal.Length;
        }
    }
}
