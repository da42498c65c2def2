using System.Runtime.CompilerServices;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>A case's expected calls and its tools, normalised once for all answers to it.</summary>
sealed class NeedleReference
{
    static readonly ConditionalWeakTable<SuiteCase, NeedleReference> References = [];
    static readonly ConditionalWeakTable<ToolDefinition, PreparedTool> Prepared = [];

    readonly Dictionary<string, PreparedTool> _tools = new(StringComparer.Ordinal);

    NeedleReference(SuiteCase suiteCase)
    {
        Calls = [.. suiteCase.Expected.Select(e => new NeedleReferenceCall(
            SnakeCaseName.From(e.Name),
            [.. e.Arguments.Select(a => new NeedleReferenceArgument(
                a.Key, [.. a.Value.Values.Select(NeedleValue.Canonical)], a.Value.MayBeOmitted))]))];
        foreach (var tool in suiteCase.Tools)
        {
            // Of two tools whose names fold into one, Needle looks at the last.
            _tools[SnakeCaseName.From(tool.Name)] = Prepared.GetValue(tool, static t => new PreparedTool(t));
        }
    }

    public IReadOnlyList<NeedleReferenceCall> Calls { get; }

    public static NeedleReference Of(SuiteCase suiteCase) => References.GetValue(suiteCase, static c => new NeedleReference(c));

    public PreparedTool? Tool(string name) => _tools.GetValueOrDefault(name);

    /// <summary>The first expected call of a tool, or null.</summary>
    public NeedleReferenceCall? First(string name)
    {
        foreach (var call in Calls)
        {
            if (call.Name == name)
            {
                return call;
            }
        }

        return null;
    }
}
