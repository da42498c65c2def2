using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Importing;

/// <summary>
/// Makes a suite of imported cases. A case's id is the suite's name (hyphens for underscores) and the five-digit number of
/// its line, so that a case can be traced to its record. Its style, which the sources do not give, is <c>conversational</c>
/// where calls are expected and <c>none</c> where not, so results by style say nothing for imported suites; its tag is
/// <c>imported</c>. A tool stands in tools.json where its name has one definition throughout, and inline where it has several.
/// </summary>
static class ImportedSuite
{
    public const string Tag = "imported";

    /// <summary>Reads all records, then writes the suite.</summary>
    /// <inheritdoc cref="NeedleImporter.Import"/>
    public static Suite Write(string file, string outFolder, string name, ImportOptions options, Func<string, IEnumerable<ImportedCase>> read)
    {
        CheckName(name);
        var definitions = new Dictionary<string, ToolDefinition>(StringComparer.Ordinal);
        var cases = new List<SuiteCase>();
        foreach (var item in read(file))
        {
            cases.Add(new SuiteCase(
                $"{name.Replace('_', '-')}/{item.Line:D5}", item.Query, [.. item.Tools.Select(Shared)], item.Expected,
                item.Expected.Count > 0 ? CaseStyles.Conversational : CaseStyles.None, [Tag, .. item.Tags], cases.Count + 1));
        }

        var unambiguous = definitions.Values.GroupBy(tool => tool.Name, StringComparer.Ordinal)
            .Where(group => group.Count() == 1).Select(group => group.Single());
        var suite = new Suite(
            name, options.Title ?? name, options.Licence, options.Version, options.Language, outFolder, [.. unambiguous], cases)
        {
            Source = options.Source ?? Path.GetFileName(file),
        };
        return SuiteWriter.Write(suite, Path.Combine(outFolder, name));

        ToolDefinition Shared(ToolDefinition tool)
        {
            var parameters = tool.Parameters.ValueKind == System.Text.Json.JsonValueKind.Undefined ? "" : tool.Parameters.GetRawText();
            var key = $"{tool.Name}\0{tool.Description}\0{parameters}";
            if (!definitions.TryGetValue(key, out var known))
            {
                definitions.Add(key, known = tool);
            }

            return known;
        }
    }

    static void CheckName(string name)
    {
        if (name.Length == 0 || !char.IsAsciiLetterOrDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            throw new InputException(
                $"'{name}' cannot be a suite's name", "Use letters, digits, '_', '-' and '.', a letter or digit first.");
        }
    }
}
