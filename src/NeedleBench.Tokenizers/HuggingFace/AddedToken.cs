namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>A token that is cut out of the text before merging, as <c>added_tokens</c> describes it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">The text it is found by.</param>
sealed record AddedToken(int Id, string Content)
{
    /// <summary>Whether decoding leaves it out where special tokens are skipped.</summary>
    public bool Special { get; init; }

    /// <summary>Whether it is found only where no word character stands beside it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Whether it takes the white space before it along.</summary>
    public bool StripsLeft { get; init; }

    /// <summary>Whether it takes the white space behind it along.</summary>
    public bool StripsRight { get; init; }

    /// <summary>Whether it is looked for in the normalised text rather than in the text as given.</summary>
    public bool Normalized { get; init; }

    public static AddedToken Read(int id, JsonItem item)
    {
        var special = item["special"].Flag(false);
        return new AddedToken(id, item["content"].Text())
        {
            Special = special,
            SingleWord = item["single_word"].Flag(false),
            StripsLeft = item["lstrip"].Flag(false),
            StripsRight = item["rstrip"].Flag(false),
            Normalized = item["normalized"].Flag(!special),
        };
    }
}
