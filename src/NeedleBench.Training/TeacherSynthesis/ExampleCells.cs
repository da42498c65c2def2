namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>
/// Spreads examples evenly over tools and styles: each pair is a cell with a quota; quotas differ by one at most, and so,
/// nearly, do the sums over a tool and over a style, however few the examples are.
/// </summary>
sealed class ExampleCells
{
    readonly Dictionary<(string Tool, string Style), int> _missing = [];
    readonly Queue<(ToolDefinition Tool, TeacherStyle Style)> _open = [];

    public ExampleCells(IReadOnlyList<ToolDefinition> tools, IReadOnlyList<TeacherStyle> styles, int count)
    {
        var cells = tools.Count * styles.Count;
        var cycle = cells / GreatestCommonDivisor(tools.Count, styles.Count);
        for (var i = 0; i < cells; i++)
        {
            // Along the diagonal, so that any first k cells have each tool and each style about equally often; a shift by
            // one after each full cycle reaches every pair once.
            var cell = (Tool: tools[i % tools.Count], Style: styles[(i + (i / cycle)) % styles.Count]);
            _missing.Add((cell.Tool.Name, cell.Style.Name), (count / cells) + (i < count % cells ? 1 : 0));
            _open.Enqueue(cell);
        }
    }

    /// <summary>Counts an example for its cell. One of no cell counts for none.</summary>
    public void Count(string? tool, string? style)
    {
        if (tool is not null && style is not null && _missing.TryGetValue((tool, style), out var missing))
        {
            _missing[(tool, style)] = missing - 1;
        }
    }

    public int Missing(ToolDefinition tool, TeacherStyle style) => Math.Max(0, _missing[(tool.Name, style.Name)]);

    /// <summary>The next cell that lacks examples, each in its turn; null where none does.</summary>
    public (ToolDefinition Tool, TeacherStyle Style)? Next()
    {
        for (var i = 0; i < _missing.Count; i++)
        {
            var cell = _open.Dequeue();
            _open.Enqueue(cell);
            if (Missing(cell.Tool, cell.Style) > 0)
            {
                return cell;
            }
        }

        return null;
    }

    static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
