using System.Text;

namespace NeedleBench.Reports;

/// <summary>A table in GitHub's Markdown.</summary>
/// <param name="columns">Headings; one that begins with <c>&gt;</c> is set flush right.</param>
sealed class MarkdownTable(params string[] columns)
{
    readonly List<IReadOnlyList<string>> _rows = [];

    public void Add(IReadOnlyList<string> cells)
    {
        if (cells.Count != columns.Length)
        {
            throw new ArgumentException($"{cells.Count} cells for {columns.Length} columns.", nameof(cells));
        }

        _rows.Add(cells);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        AppendRow(text, columns.Select(c => Escape(c.TrimStart('>'))));
        AppendRow(text, columns.Select(c => c.StartsWith('>') ? "---:" : "---"));
        foreach (var row in _rows)
        {
            AppendRow(text, row.Select(Escape));
        }

        return text.ToString();
    }

    /// <summary>A cell's text: no pipes that end it, no line breaks that end the row.</summary>
    static string Escape(string cell) =>
        cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ").Trim();

    static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
