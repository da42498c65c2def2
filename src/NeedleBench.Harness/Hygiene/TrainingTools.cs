using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Hygiene;

/// <summary>The tools that a model met in training, by parameters and by name as a model sees it, in snake_case.</summary>
public sealed class TrainingTools
{
    readonly Dictionary<string, HashSet<string>> _parameters = new(StringComparer.Ordinal);

    TrainingTools()
    {
    }

    /// <summary>Reads the tools of the category files directly in <paramref name="folder"/>.</summary>
    /// <exception cref="InputException">There is no training data, or a file is wrong.</exception>
    public static TrainingTools Read(string folder)
    {
        var read = new TrainingTools();
        foreach (var file in CorpusFiles.In(folder).Where(file => Path.GetExtension(file) == CorpusFiles.CategoryExtension))
        {
            foreach (var tool in CorpusFiles.ReadCategory(file).GetProperty("tools").EnumerateArray())
            {
                var name = SnakeCaseName.From(tool.GetProperty("name").GetString()!);
                if (!read._parameters.TryGetValue(name, out var parameters))
                {
                    read._parameters.Add(name, parameters = new HashSet<string>(StringComparer.Ordinal));
                }

                parameters.Add(CanonicalJson.Of(ToolParameters.ToSchema(tool.GetProperty("parameters"))));
            }
        }

        return read;
    }

    /// <summary>Whether the corpus has a tool of this name, whatever its parameters.</summary>
    public bool HasName(ToolDefinition tool) => _parameters.ContainsKey(SnakeCaseName.From(tool.Name));

    /// <summary>Whether the corpus has this tool: the name, and the parameters as equal JSON. The description may differ.</summary>
    public bool Has(ToolDefinition tool) =>
        _parameters.TryGetValue(SnakeCaseName.From(tool.Name), out var parameters) && parameters.Contains(CanonicalJson.Of(tool.Schema));
}
