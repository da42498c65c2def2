
namespace NeedleBench.Training.Synthesis;

/// <summary>
/// Checks that every example which the corpus can give is right: placeholders and slots exist, required parameters are in
/// each phrasing, values fit their parameter's schema, and there is enough of everything.
/// </summary>
public static class CorpusValidator
{
    /// <summary>The fewest phrasings a tool should have.</summary>
    public const int FewestPhrasings = 6;

    static readonly string[] Types = ["string", "integer", "number", "boolean", "array", "object"];

    /// <summary>All findings, file by file; empty for a sound corpus.</summary>
    public static IReadOnlyList<CorpusFinding> Validate(TrainingCorpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var findings = new List<CorpusFinding>();
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var category in corpus.Categories)
        {
            CheckCategory(category, findings);
            foreach (var tool in category.Tools)
            {
                var name = SnakeCaseName.From(tool.Name);
                var same = first.GetValueOrDefault(name);
                if (!first.TryAdd(name, category.Name))
                {
                    // Across files it does no harm: two tools of one name are never offered together.
                    findings.Add(new(
                        same == category.Name ? CorpusFindingSeverity.Error : CorpusFindingSeverity.Warning,
                        category.File, tool.Line, tool.Name, $"the name stands in '{same}' already"));
                }

                CheckTool(category, tool, findings);
            }
        }

        return findings;
    }

    static void CheckCategory(CorpusCategory category, List<CorpusFinding> findings)
    {
        void Add(CorpusFindingSeverity severity, string problem) =>
            findings.Add(new(severity, category.File, null, null, problem));

        if (category.Name != Path.GetFileNameWithoutExtension(category.File))
        {
            Add(CorpusFindingSeverity.Warning, $"the category '{category.Name}' is not the file's name");
        }

        if (category.Tools.Count == 0)
        {
            Add(CorpusFindingSeverity.Error, "there are no tools");
        }

        foreach (var slot in category.Slots.Where(slot => slot.Value.Count == 0))
        {
            Add(CorpusFindingSeverity.Error, $"slot '{slot.Key}' has no values");
        }

        var used = category.Tools.SelectMany(tool => tool.Slots.Values).ToHashSet(StringComparer.Ordinal);
        foreach (var slot in category.Slots.Keys.Where(slot => !used.Contains(slot)))
        {
            Add(CorpusFindingSeverity.Warning, $"slot '{slot}' is used by no tool");
        }

        foreach (var twice in category.Refusals.GroupBy(r => r).Where(g => g.Count() > 1))
        {
            Add(CorpusFindingSeverity.Warning, $"the refusal '{twice.Key}' stands there twice");
        }
    }

    static void CheckTool(CorpusCategory category, CorpusTool tool, List<CorpusFinding> findings)
    {
        void Add(CorpusFindingSeverity severity, string problem) =>
            findings.Add(new(severity, category.File, tool.Line, tool.Name, problem));

        if (SnakeCaseName.From(tool.Name).Length == 0)
        {
            Add(CorpusFindingSeverity.Error, "the name holds no letter or digit");
        }

        foreach (var parameter in tool.Parameters)
        {
            if (!Types.Contains(parameter.Type))
            {
                Add(CorpusFindingSeverity.Error, $"parameter '{parameter.Name}' has the unknown type '{parameter.Type}'");
            }

            if (parameter.Description.Length == 0)
            {
                Add(CorpusFindingSeverity.Warning, $"parameter '{parameter.Name}' has no description");
            }
        }

        foreach (var (parameter, slot) in tool.Slots)
        {
            CheckSlot(category, tool, parameter, slot, Add);
        }

        if (tool.Phrasings.Count < FewestPhrasings)
        {
            Add(CorpusFindingSeverity.Warning, $"there are {tool.Phrasings.Count} phrasings, fewer than {FewestPhrasings}");
        }

        if (tool.Phrasings.Count == 0)
        {
            Add(CorpusFindingSeverity.Error, "there are no phrasings");
        }

        foreach (var twice in tool.Phrasings.GroupBy(p => p.Text).Where(g => g.Count() > 1))
        {
            Add(CorpusFindingSeverity.Warning, $"the phrasing '{twice.Key}' stands there twice");
        }

        foreach (var twice in tool.Requests.Concat(tool.Phrasings.Select(p => p.Text)).GroupBy(r => r).Where(g => g.Count() > 1 && tool.Requests.Contains(g.Key)))
        {
            Add(CorpusFindingSeverity.Warning, $"the request '{twice.Key}' stands there twice");
        }

        foreach (var phrasing in tool.Phrasings)
        {
            PhrasingCheck.Check(tool, phrasing, Add);
        }
    }

    static void CheckSlot(CorpusCategory category, CorpusTool tool, string name, string slot, Action<CorpusFindingSeverity,
        string> add)
    {
        var index = tool.IndexOf(name);
        if (index < 0)
        {
            add(CorpusFindingSeverity.Error, $"slot '{slot}' is for '{name}', which is no parameter");
            return;
        }

        if (!category.Slots.TryGetValue(slot, out var values))
        {
            add(CorpusFindingSeverity.Error, $"there is no slot '{slot}'");
            return;
        }

        foreach (var value in values)
        {
            if (SchemaCheck.Problem(tool.Parameters[index], value.Value) is { } problem)
            {
                add(CorpusFindingSeverity.Error, $"slot '{slot}' for '{name}': {problem}");
            }
        }
    }
}
