namespace NeedleBench.Harness.Baselines;

/// <summary>A rule that answers requests.</summary>
interface IBaseline
{
    /// <summary>Raised when the rule changes its answers.</summary>
    int Version { get; }

    IReadOnlyList<ToolCall> Answer(ToolCallRequest request);
}
