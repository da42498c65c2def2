namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>Finds what a pattern matches. Threads may share one.</summary>
interface ISplitter
{
    /// <summary>Appends the matches in a text without lone surrogates, from left to right, none over another.</summary>
    void Find(ReadOnlySpan<char> text, List<Match> matches);
}

/// <summary>Where a match begins in UTF-16 units, and its length; that may be 0.</summary>
readonly record struct Match(int Start, int Length)
{
    public int End => Start + Length;
}
