namespace NeedleBench.Harness.Baselines;

/// <summary>Always refuses: scores the share of refusals.</summary>
sealed class NoneBaseline : IBaseline
{
    public int Version => 1;

    public IReadOnlyList<ToolCall> Answer(ToolCallRequest request) => [];
}
