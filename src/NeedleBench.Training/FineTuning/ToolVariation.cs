using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.FineTuning;

/// <summary>
/// Shows examples among other tools than they came with, so that a model learns to choose a tool and not that it always stands
/// alone, first, or asked for. A tool is only set beside a request that it could not serve: one that shares few words with the
/// request and with the tools that answer it.
/// </summary>
sealed class ToolVariation
{
    // As the synthesiser holds corpus tools apart (Distractors).
    const float MayServe = 0.15f;
    const float Unrelated = 0.06f;
    const int MostAdded = 4;

    readonly List<ToolDefinition> _tools = [];
    readonly List<string> _names = [];
    readonly List<bool> _general = [];
    readonly Dictionary<string, int> _own = new(StringComparer.Ordinal);
    readonly ToolSimilarity _similarity;
    readonly int _corpusTools;
    readonly int _most;

    /// <param name="train">Whose tools are the user's.</param>
    /// <param name="corpus">Whose tools may stand beside them; may be null.</param>
    /// <param name="mostTools">Most tools in one example.</param>
    public ToolVariation(IEnumerable<SyntheticExample> train, TrainingCorpus? corpus, int mostTools)
    {
        _most = mostTools;
        var described = new List<CorpusTool>();
        foreach (var tool in corpus?.Categories.SelectMany(c => c.Tools) ?? [])
        {
            Add(ToolDisguise.Plain(tool).Definition, tool, described);
        }

        _corpusTools = _tools.Count;
        foreach (var tool in train.SelectMany(e => e.Tools))
        {
            var name = SnakeCaseName.From(tool.Name);
            if (_own.TryAdd(name, _tools.Count))
            {
                Add(tool, new CorpusTool(tool.Name, tool.Description, [], new Dictionary<string, string>(), []), described);
            }
        }

        _similarity = new ToolSimilarity(described);
    }

    /// <summary>A user's example with one to four tools more, in another order.</summary>
    public SyntheticExample Vary(SyntheticExample example, SeededRandom random)
    {
        var likeness = _similarity.Of(example.Query);
        var asked = example.Calls.Select(c => _own[SnakeCaseName.From(c.Name)]).Distinct().ToList();
        var tools = example.Tools.ToList();
        var names = tools.Select(t => SnakeCaseName.From(t.Name)).ToHashSet(StringComparer.Ordinal);
        var count = Math.Min(_most, tools.Count + 1 + random.Below(MostAdded));
        for (var attempt = 0; tools.Count < count && attempt < 10 * MostAdded; attempt++)
        {
            var own = _corpusTools == 0 || (_own.Count > 1 && random.Chance(0.5));
            var candidate = own ? _corpusTools + random.Below(_own.Count) : random.Below(_corpusTools);
            if (MayStandBeside(candidate, likeness, asked) && names.Add(_names[candidate]))
            {
                tools.Add(_tools[candidate]);
            }
        }

        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tools));
        return example with { Tools = tools };
    }

    /// <summary>A replayed example with one of the user's tools beside its own, where one may stand there.</summary>
    public SyntheticExample WithOwn(SyntheticExample example, SeededRandom random)
    {
        var candidate = _corpusTools + random.Below(_own.Count);
        if (example.Tools.Count >= _most || example.Tools.Any(t => SnakeCaseName.From(t.Name) == _names[candidate])
            || !MayStandBeside(candidate, _similarity.Of(example.Query), []))
        {
            return example;
        }

        var tools = example.Tools.ToList();
        tools.Insert(random.Below(tools.Count + 1), _tools[candidate]);
        return example with { Tools = tools };
    }

    // Beside a refusal nothing may stand that comes near to serving it.
    bool MayStandBeside(int candidate, float[] likeness, List<int> asked) =>
        likeness[candidate] <= (asked.Count > 0 ? MayServe : Unrelated)
        && (asked.Count > 0 || !_general[candidate])
        && asked.TrueForAll(tool => _similarity.Between(tool, candidate) <= MayServe);

    void Add(ToolDefinition tool, CorpusTool described, List<CorpusTool> all)
    {
        _tools.Add(tool);
        _names.Add(SnakeCaseName.From(tool.Name));
        _general.Add(new PreparedTool(0, 0, described, new ShownTool(tool, [], []), [], []).IsGeneral);
        all.Add(described);
    }
}
