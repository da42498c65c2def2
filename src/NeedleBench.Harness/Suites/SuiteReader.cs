using System.Text.Json;
using NeedleBench.Harness.Files;

namespace NeedleBench.Harness.Suites;

/// <summary>
/// Reads a suite's folder: <c>suite.json</c>, <c>tools.json</c> and <c>cases.jsonl</c>. Strict, because a misspelt key would
/// silently measure something else. A byte order mark and CRLF are taken, blank lines between cases are passed over.
/// </summary>
public static class SuiteReader
{
    public const string SuiteFile = "suite.json";
    public const string ToolsFile = "tools.json";
    public const string CasesFile = "cases.jsonl";

    static readonly string[] SuiteKeys = ["name", "title", "licence", "version", "language", "source"];
    static readonly string[] ToolKeys = ["name", "description", "parameters", "type", "function", "strict"];

    /// <summary>Reads the suite in <paramref name="folder"/>, whose name must be the suite's.</summary>
    /// <exception cref="InputException">A file is missing or wrong; the message names file, line and mend.</exception>
    public static Suite Read(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var suite = ReadHead(path);
        var tools = ReadTools(Path.Combine(folder, ToolsFile));
        return suite with { Folder = folder, Tools = tools, Cases = ReadCases(Path.Combine(folder, CasesFile), tools) };
    }

    static Suite ReadHead(string folder)
    {
        var file = Path.Combine(folder, SuiteFile);
        var (root, lines) = JsonText.ReadFile(file);
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InputException("a suite's head is a JSON object", $"It has {string.Join(", ", SuiteKeys)}.", file, 1);
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (member, line) in root.EnumerateObject().Zip(lines))
        {
            if (!SuiteKeys.Contains(member.Name, StringComparer.Ordinal))
            {
                throw new InputException($"unknown key '{member.Name}'", $"A suite has {string.Join(", ", SuiteKeys)}.", file, line);
            }

            if (member.Value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(member.Value.GetString()))
            {
                throw new InputException($"'{member.Name}' is not a text", $"Write \"{member.Name}\":\"…\".", file, line);
            }

            values[member.Name] = member.Value.GetString()!;
        }

        foreach (var key in SuiteKeys.Where(key => key != "source" && !values.ContainsKey(key)))
        {
            throw new InputException($"the key '{key}' is missing", $"Write \"{key}\":\"…\".", file, 1);
        }

        if (values["name"] != Path.GetFileName(folder))
        {
            throw new InputException(
                $"the suite is named '{values["name"]}', its folder '{Path.GetFileName(folder)}'", "Give both the same name.", file, 1);
        }

        return new Suite(values["name"], values["title"], values["licence"], values["version"], values["language"], folder, [], [])
        {
            Source = values.GetValueOrDefault("source"),
        };
    }

    static List<ToolDefinition> ReadTools(string file)
    {
        var (root, lines) = JsonText.ReadFile(file);
        if (root.ValueKind != JsonValueKind.Array)
        {
            throw new InputException("the tools are no JSON array", "Write [{\"name\":…,\"description\":…,\"parameters\":…}].", file, 1);
        }

        var tools = new List<ToolDefinition>();
        var lineOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (element, line) in root.EnumerateArray().Zip(lines))
        {
            var tool = ReadTool(element, file, line);
            if (!lineOf.TryAdd(tool.Name, line))
            {
                throw new InputException(
                    $"the tool '{tool.Name}' stands on line {lineOf[tool.Name]} already",
                    "Give each tool a name of its own.", file, line);
            }

            tools.Add(tool);
        }

        return tools;
    }

    /// <summary>One tool's definition, in <c>tools.json</c> or inline.</summary>
    internal static ToolDefinition ReadTool(JsonElement element, string file, int line)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InputException(
                "a tool is no JSON object", "Write {\"name\":\"…\",\"description\":\"…\",\"parameters\":{JSON Schema}}.", file, line);
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!ToolKeys.Contains(member.Name, StringComparer.Ordinal))
            {
                throw new InputException(
                    $"a tool has the unknown key '{member.Name}'", "A tool has name, description and parameters.", file, line);
            }
        }

        return ToolDefinitionJson.ParseList(JsonElement.Parse($"[{element.GetRawText()}]"), file, line)[0];
    }

    static List<SuiteCase> ReadCases(string file, List<ToolDefinition> tools)
    {
        var parser = new CaseParser(file, tools);
        var cases = new List<SuiteCase>();
        var lineOf = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            foreach (var line in LineReader.Read(stream))
            {
                if (line.IsBlank)
                {
                    continue;
                }

                var read = parser.Parse(JsonText.Parse(line.Bytes.Span, file, line.Number), line.Number);
                if (!lineOf.TryAdd(read.Id, line.Number))
                {
                    throw new InputException(
                        $"the id '{read.Id}' stands on line {lineOf[read.Id]} already",
                        "Give each case an id of its own.", file, line.Number);
                }

                cases.Add(read);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the cases cannot be read ({e.Message.TrimEnd('.')})",
                "A suite is a folder with suite.json, tools.json and cases.jsonl.", file, inner: e);
        }

        return cases.Count > 0 ? cases : throw new InputException("there are no cases", "Write one JSON object a line.", file);
    }
}
