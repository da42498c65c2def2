namespace NeedleBench.Reports;

/// <summary>
/// A part of a README that a command rewrites: the text between <c>&lt;!-- needlebench:NAME begin --&gt;</c> and
/// <c>&lt;!-- needlebench:NAME end --&gt;</c>.
/// </summary>
public static class ReadmeSection
{
    /// <summary>The README with the text between the markers replaced; markers and all else stay as they are.</summary>
    /// <param name="readme">The whole file.</param>
    /// <param name="name">The section's name.</param>
    /// <param name="content">Markdown; set off by one empty line on either side, in the file's own line endings.</param>
    /// <exception cref="InputException">A marker is missing or stands twice, or they are in the wrong order.</exception>
    public static string Replace(string readme, string name, string content)
    {
        ArgumentNullException.ThrowIfNull(readme);
        ArgumentNullException.ThrowIfNull(content);
        var (begin, end) = ($"<!-- needlebench:{name} begin -->", $"<!-- needlebench:{name} end -->");
        var from = Find(readme, begin) + begin.Length;
        var to = Find(readme, end);
        if (to < from)
        {
            throw new InputException($"the marker '{end}' stands before '{begin}'", "Put the begin marker first.");
        }

        var newLine = readme.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var body = content.Trim('\r', '\n').ReplaceLineEndings(newLine);
        return string.Concat(readme.AsSpan(0, from), newLine + newLine + body + newLine + newLine, readme.AsSpan(to));
    }

    static int Find(string readme, string marker)
    {
        var at = readme.IndexOf(marker, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new InputException(
                $"the marker '{marker}' is missing", "Put it on a line of its own where the section belongs.");
        }

        if (readme.IndexOf(marker, at + marker.Length, StringComparison.Ordinal) >= 0)
        {
            throw new InputException($"the marker '{marker}' stands twice", "Leave one of them.");
        }

        return at;
    }
}
