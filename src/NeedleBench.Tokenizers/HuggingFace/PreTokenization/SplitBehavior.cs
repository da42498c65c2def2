namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>What becomes of the matches of a split.</summary>
enum SplitBehavior
{
    /// <summary>They are dropped.</summary>
    Removed,

    /// <summary>Each is a piece.</summary>
    Isolated,

    /// <summary>Each ends the piece before it.</summary>
    MergedWithPrevious,

    /// <summary>Each begins the piece behind it.</summary>
    MergedWithNext,

    /// <summary>Those side by side are one piece.</summary>
    Contiguous,
}
