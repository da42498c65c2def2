namespace NeedleBench.Training.Synthesis;

/// <summary>A request, the tools on offer, and the right answer.</summary>
/// <param name="Query">The user's words.</param>
/// <param name="Tools">In any number; their names differ, as they are and in snake_case.</param>
/// <param name="Calls">
/// In the order of the request; empty where no offered tool does what is asked. Arguments are in the order of the tool's
/// parameters.
/// </param>
public sealed record SyntheticExample(string Query, IReadOnlyList<ToolDefinition> Tools, IReadOnlyList<ToolCall> Calls)
{
    /// <summary>
    /// What the answer copies verbatim from <see cref="Query"/>. Empty where the example was read from a file, which does
    /// not tell.
    /// </summary>
    public IReadOnlyList<string> CopiedValues { get; init; } = [];

    /// <summary>What kind of example it is.</summary>
    public ExampleKind Kind { get; init; }
}
