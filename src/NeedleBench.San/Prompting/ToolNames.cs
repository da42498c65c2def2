namespace NeedleBench.San.Prompting;

/// <summary>
/// The way there and back between the names that a caller gave and the snake_case names that the model sees. Names that
/// fold into one are told apart by a number (<c>get_time</c>, <c>get_time_2</c>), names with nothing to fold (another
/// script) become <c>tool_1</c>, …: the model then has the description to go by.
/// </summary>
public sealed class ToolNames
{
    readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    readonly List<string> _seen = [];

    public ToolNames(IReadOnlyList<ToolDefinition> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);

        // Plain folds first: a clash must never take the name of a tool that is written so already.
        var taken = tools.Select(t => SnakeCaseName.From(t.Name)).Where(n => n.Length > 0).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < tools.Count; i++)
        {
            var folded = SnakeCaseName.From(tools[i].Name);
            var name = folded.Length > 0 && !_given.ContainsKey(folded) ? folded : NextFree(folded.Length > 0 ? $"{folded}_" : "tool_", folded.Length > 0 ? 2 : i + 1);
            _given.Add(name, tools[i].Name);
            _seen.Add(name);
        }

        string NextFree(string stem, int number)
        {
            while (!taken.Add($"{stem}{number}"))
            {
                number++;
            }

            return $"{stem}{number}";
        }
    }

    /// <summary>What the model sees, in the order of the tools.</summary>
    public IReadOnlyList<string> Seen => _seen;

    /// <summary>The caller's name for one that the model wrote; unknown names come back as they are.</summary>
    public string Restore(string seen) => _given.GetValueOrDefault(seen, seen);
}
