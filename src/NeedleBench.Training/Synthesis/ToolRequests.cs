namespace NeedleBench.Training.Synthesis;

/// <summary>Requests for one tool, as a retrieval head is to bring them together.</summary>
/// <param name="Identity">The tool's position in the corpus, under whatever name it is shown.</param>
/// <param name="Tool">The tool as it is shown.</param>
/// <param name="Queries">The requests.</param>
public sealed record ToolRequests(int Identity, ToolDefinition Tool, IReadOnlyList<string> Queries);
