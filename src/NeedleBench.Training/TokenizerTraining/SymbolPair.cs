namespace NeedleBench.Training.TokenizerTraining;

/// <summary>Two symbols that stand side by side somewhere, and where.</summary>
/// <param name="left">The left symbol.</param>
/// <param name="right">The right symbol.</param>
/// <param name="text">The piece that merging them makes.</param>
/// <param name="leftLength">The code points of the left symbol.</param>
/// <param name="length">The code points of the piece.</param>
sealed class SymbolPair(int left, int right, string text, int leftLength, int length)
{
    public int Left => left;

    public int Right => right;

    public string Text => text;

    public int LeftLength => leftLength;

    public int Length => length;

    /// <summary>How often the pair stands in the corpus, without overlaps: "aaa" holds "aa" once.</summary>
    public long Count { get; set; }

    /// <summary>The words that held the pair when it came to be there; it may have gone from some since.</summary>
    public List<int> Words { get; } = [];
}
