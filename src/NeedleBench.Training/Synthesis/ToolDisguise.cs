
namespace NeedleBench.Training.Synthesis;

/// <summary>
/// Shows a tool under other names, with other descriptions and a varied schema, so that a model must read the tool list
/// instead of remembering it. What the tool does, and what its arguments are, stays the same.
/// </summary>
sealed class ToolDisguise(SynthesisOptions options, SeededRandom random, NameMode mode)
{
    static readonly NameStyle[] Styles =
        [NameStyle.Snake, NameStyle.Snake, NameStyle.Snake, NameStyle.Snake, NameStyle.Camel, NameStyle.Camel, NameStyle.Kebab,
            NameStyle.Dotted, NameStyle.Pascal];

    // The tools of one example come from one programmer more often than not.
    readonly NameStyle? _style = mode != NameMode.Keep && random.Chance(0.6) ? random.Pick(Styles) : null;
    readonly bool _keepParameters = mode != NameMode.Keep && random.Chance(0.35);
    readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The tool as it is, in snake_case or not.</summary>
    public static ShownTool Plain(CorpusTool tool)
    {
        var order = Enumerable.Range(0, tool.Parameters.Count).ToArray();
        return new ShownTool(
            new ToolDefinition(tool.Name, tool.Description, SchemaWriter.Write([.. tool.Parameters], true)), order,
                [.. tool.Parameters.Select(p => p.Name)]);
    }

    /// <summary>Shows a tool under a name that no other of this example has.</summary>
    /// <param name="tool">The original.</param>
    /// <param name="plain">The same, undisguised, for when nothing is to change.</param>
    /// <param name="used">Which parameters a call of this example uses; null for a distractor.</param>
    public ShownTool Show(CorpusTool tool, ShownTool plain, bool[]? used)
    {
        var vary = random.Chance(options.VarySchema);
        var reword = random.Chance(options.RewordDescription);
        var rename = mode == NameMode.Invent || (mode == NameMode.Rename && random.Chance(0.85));
        if (!vary && !reword && !rename && _taken.Add(SnakeCaseName.From(tool.Name)))
        {
            return plain;
        }

        var name = FreeName(tool, rename);
        var description = reword ? DescriptionNoise.Tool(tool, mode == NameMode.Invent, random) : tool.Description;
        var entries = Entries(tool, vary, used);
        var written = new CorpusParameter[entries.Length];
        var names = new string[tool.Parameters.Count];
        var order = new List<int>(entries.Length);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Length; i++)
        {
            var index = entries[i].Index;
            var parameter = entries[i].Parameter;
            if (index >= 0)
            {
                parameter = Disguise(parameter, rename && !_keepParameters, vary, taken);
                names[index] = parameter.Name;
                order.Add(index);
            }
            else if (taken.Contains(parameter.Name))
            {
                parameter = parameter with { Name = parameter.Name + "_2" };
            }

            taken.Add(parameter.Name);
            written[i] = parameter;
        }

        return new ShownTool(new ToolDefinition(name, description, SchemaWriter.Write(written, !vary || random.Chance(0.85))),
            order, names);
    }

    string FreeName(CorpusTool tool, bool rename)
    {
        for (var attempt = 0; attempt < 8 && rename; attempt++)
        {
            var name = mode == NameMode.Invent ? InventName() : NameNoise.Tool(tool.Name, _style ?? random.Pick(Styles), random);
            if (_taken.Add(SnakeCaseName.From(name)))
            {
                return name;
            }
        }

        var free = tool.Name;
        for (var number = 2; !_taken.Add(SnakeCaseName.From(free)); number++)
        {
            free = $"{tool.Name}_v{number}";
        }

        return free;
    }

    string InventName() => NameWriter.Join(
        random.Chance(0.3) ? [NameWriter.Invent(random)] : [NameWriter.Invent(random), NameWriter.Invent(random)],
            _style ?? NameStyle.Snake);

    // Parameters to show, with their position in the original; -1 for one that is added.
    (CorpusParameter Parameter, int Index)[] Entries(CorpusTool tool, bool vary, bool[]? used)
    {
        var entries = new List<(CorpusParameter, int)>(tool.Parameters.Count + 1);
        for (var i = 0; i < tool.Parameters.Count; i++)
        {
            var needed = tool.Parameters[i].Required || used is not null && used[i];
            if (needed || !vary || !random.Chance(0.35))
            {
                entries.Add((tool.Parameters[i], i));
            }
        }

        if (vary && random.Chance(0.3) && random.Pick(Lexicon.Unasked) is var extra && tool.IndexOf(extra.Name) < 0)
        {
            entries.Add((extra, -1));
        }

        var array = entries.ToArray();
        if (vary && random.Chance(0.5))
        {
            random.Shuffle(array.AsSpan());
        }

        return array;
    }

    CorpusParameter Disguise(CorpusParameter parameter, bool rename, bool vary, HashSet<string> taken)
    {
        var name = parameter.Name;
        var invented = false;
        if (rename)
        {
            invented = mode == NameMode.Invent && parameter.Description.Length > 0 && random.Chance(0.5);
            var style = _style is NameStyle.Camel or NameStyle.Pascal ? NameStyle.Camel : NameStyle.Snake;
            name = invented ? NameWriter.Invent(random) : NameNoise.Parameter(name, style, random);
        }

        for (var number = 2; taken.Contains(name); number++)
        {
            name = parameter.Name + (number == 2 ? "" : $"_{number - 1}");
        }

        var description = random.Chance(options.RewordDescription) ? DescriptionNoise.Parameter(parameter, invented, random)
            : parameter.Description;
        var values = parameter.Enum;
        if (vary && values is not null && random.Chance(0.5))
        {
            var shuffled = values.ToArray();
            random.Shuffle(shuffled.AsSpan());
            values = shuffled;
        }

        return parameter with { Name = name, Description = description, Enum = values };
    }
}
