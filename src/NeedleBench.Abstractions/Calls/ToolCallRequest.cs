namespace NeedleBench;

/// <summary>What a model is asked: one request in natural language, and the tools it may call. Immutable and checked.</summary>
public sealed record ToolCallRequest
{
    /// <param name="query">The user's words. Any length: a model cuts what does not fit, and says so in its documentation.</param>
    /// <param name="tools">The tools on offer, possibly none. Their names must differ.</param>
    /// <exception cref="InputException">A tool has no name, or two tools have the same one.</exception>
    public ToolCallRequest(string query, IReadOnlyList<ToolDefinition> tools)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(tools);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tool in tools)
        {
            if (string.IsNullOrWhiteSpace(tool.Name))
            {
                throw new InputException("a tool has an empty name", "Give every tool a name.");
            }

            if (!names.Add(tool.Name))
            {
                throw new InputException($"two tools are named '{tool.Name}'", "Give each tool a name of its own.");
            }
        }

        Query = query;
        Tools = tools;
    }

    public string Query { get; }

    public IReadOnlyList<ToolDefinition> Tools { get; }

    /// <summary>The most tokens the model may generate; its own limit applies where this is null.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>
    /// Whether the model shall hold its output to the declared tools, where it can; its own setting applies where this is null.
    /// </summary>
    public bool? Constrained { get; init; }
}
