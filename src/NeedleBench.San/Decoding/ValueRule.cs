namespace NeedleBench.San.Decoding;

/// <summary>What may stand as a value: as much of a JSON schema as can be held to byte by byte.</summary>
sealed class ValueRule
{
    /// <summary>Members that are told apart; an object with more of them takes any.</summary>
    public const int MostMembers = 64;

    /// <summary>Any JSON value.</summary>
    public static ValueRule Anything { get; } = new();

    public JsonKinds Kinds { get; init; } = JsonKinds.Any;

    /// <summary>Root of the trie of the JSON texts that alone may stand, or −1.</summary>
    public int Literals { get; init; } = -1;

    /// <summary>Root of the trie of an object's keys, each with its position in <see cref="Members"/>, or −1 where any may stand.</summary>
    public int Keys { get; init; } = -1;

    /// <summary>What the keys hold.</summary>
    public IReadOnlyList<ValueRule> Members { get; init; } = [];

    /// <summary>A bit for each member that must be there.</summary>
    public ulong Required { get; init; }

    /// <summary>What an array holds; null for anything.</summary>
    public ValueRule? Items { get; init; }

    /// <summary>Whether an array must not be empty.</summary>
    public bool NeedsItem { get; init; }
}
