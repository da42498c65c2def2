namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>What <c>model</c> says beside the vocabulary and the merges.</summary>
readonly record struct MergeOptions()
{
    /// <summary>Whether a character outside the vocabulary becomes its UTF-8 bytes, written <c>&lt;0x41&gt;</c>.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>Whether a word that is a token is that token, whatever the merges would make of it.</summary>
    public bool IgnoreMerges { get; init; }

    /// <summary>Whether unknown characters side by side are one unknown token.</summary>
    public bool FuseUnknown { get; init; }

    /// <summary>The id of the unknown token; without one (-1), unknown characters are dropped.</summary>
    public int UnknownId { get; init; } = -1;
}
