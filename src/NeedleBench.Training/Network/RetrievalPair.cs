namespace NeedleBench.Training.Network;

/// <summary>A request and the tool it is for, each as a text of its own: what the retrieval head is to bring together.</summary>
/// <param name="Query">Tokens of the request.</param>
/// <param name="Tool">Tokens of the tool's entry in a tool list.</param>
public sealed record RetrievalPair(int[] Query, int[] Tool);
