namespace NeedleBench.Training.Network;

/// <summary>A request and the tool it is for, each as a text of its own: what the retrieval head is to bring together.</summary>
/// <param name="Query">Tokens of the request.</param>
/// <param name="Tool">Tokens of the tool's entry in a tool list.</param>
public sealed record RetrievalPair(int[] Query, int[] Tool)
{
    /// <summary>Which tool it is, under whatever name it is shown; null where only its text tells.</summary>
    public int? Identity { get; init; }

    /// <summary>Whether another pair is for the same tool: then neither is a wrong answer to the other.</summary>
    public bool HasToolOf(RetrievalPair other) =>
        Identity is { } mine && other.Identity is { } others ? mine == others : Tool.AsSpan().SequenceEqual(other.Tool);
}
