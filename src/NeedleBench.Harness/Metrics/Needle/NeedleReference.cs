using System.Runtime.CompilerServices;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>A case's expected calls and its tools, normalised once for all answers to it.</summary>
sealed class NeedleReference
{
    const int KeptCases = 4096;

    static readonly ConditionalWeakTable<ToolDefinition, PreparedTool> Prepared = [];

    // Bounded, and not weak: a weak entry a case is work for every garbage collection.
    [ThreadStatic]
    static Dictionary<SuiteCase, NeedleReference>? _references;

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

    /// <summary>A case's reference; that of recent cases is kept.</summary>
    public static NeedleReference Of(SuiteCase suiteCase)
    {
        var references = _references ??= new(ReferenceEqualityComparer.Instance);
        if (!references.TryGetValue(suiteCase, out var reference))
        {
            if (references.Count == KeptCases)
            {
                references.Clear();
            }

            references.Add(suiteCase, reference = new NeedleReference(suiteCase));
        }

        return reference;
    }

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
