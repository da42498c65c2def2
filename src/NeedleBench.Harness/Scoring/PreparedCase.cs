using NeedleBench.Harness.Bfcl;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Scoring;

/// <summary>
/// A case with its tools' schemas and its accepted values made ready, so that many answers can be held against it.
/// </summary>
public sealed class PreparedCase
{
    readonly Dictionary<string, PreparedTool> _tools = new(StringComparer.Ordinal);

    /// <param name="suiteCase">The case.</param>
    /// <param name="tools">Tools already made ready; cases that share definitions should share it.</param>
    PreparedCase(SuiteCase suiteCase, Dictionary<ToolDefinition, PreparedTool> tools)
    {
        Case = suiteCase;
        Expected = [.. suiteCase.Expected.Select(e => new PreparedCall(e))];
        foreach (var tool in suiteCase.Tools)
        {
            if (!tools.TryGetValue(tool, out var prepared))
            {
                tools.Add(tool, prepared = new PreparedTool(tool));
            }

            _tools[tool.Name] = prepared;
        }
    }

    public SuiteCase Case { get; }

    /// <summary>The case as the Berkeley checker takes it.</summary>
    internal BfclCase Bfcl => field ??= BfclCase.Of(Case);

    /// <summary>In the order of the case's expected calls.</summary>
    internal IReadOnlyList<PreparedCall> Expected { get; }

    /// <summary>Makes one case ready.</summary>
    public static PreparedCase Of(SuiteCase suiteCase) => new(suiteCase, NewToolCache());

    internal static PreparedCase Of(SuiteCase suiteCase, Dictionary<ToolDefinition, PreparedTool> tools) => new(suiteCase, tools);

    // By reference: comparing definitions by value would compare schemas.
    internal static Dictionary<ToolDefinition, PreparedTool> NewToolCache() => new(ReferenceEqualityComparer.Instance);

    internal PreparedTool? Tool(string name) => _tools.GetValueOrDefault(name);
}
