namespace NeedleBench.Harness.Baselines;

/// <summary>
/// What can be had without learning: the tool whose words the query shares most, arguments by patterns, one call at most.
/// A model that does not beat it has not learnt to read.
/// </summary>
sealed class KeywordBaseline : IBaseline
{
    public int Version => 1;

    public IReadOnlyList<ToolCall> Answer(ToolCallRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var query = QueryWords.Read(request.Query);
        return KeywordToolChoice.Best(query, request.Tools) is { } tool && KeywordArguments.TryFill(query, tool, out var arguments)
            ? [new ToolCall(tool.Name, arguments)]
            : [];
    }
}
