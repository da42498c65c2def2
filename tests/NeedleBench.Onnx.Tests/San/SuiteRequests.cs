using System.Text.Json;

namespace NeedleBench.Onnx.Tests.San;

/// <summary>Requests of the repository's suites: the first of each suite whose tools stand in its own list.</summary>
static class SuiteRequests
{
    public static IReadOnlyList<ToolCallRequest> Take(int fromEach) =>
        [.. Directory.GetDirectories(RepositoryFiles.InRepository("suites")).Order(StringComparer.Ordinal).SelectMany(suite => Read(suite).Take(fromEach))];

    static IEnumerable<ToolCallRequest> Read(string suite)
    {
        var tools = ToolDefinitionJson.ParseList(File.ReadAllText(Path.Combine(suite, "tools.json"))).ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(suite, "cases.jsonl")))
        {
            var item = JsonElement.Parse(line);
            var offered = item.GetProperty("tools").EnumerateArray().ToList();
            if (offered.TrueForAll(tool => tool.ValueKind == JsonValueKind.String))
            {
                yield return new ToolCallRequest(item.GetProperty("query").GetString()!, [.. offered.Select(tool => tools[tool.GetString()!])]);
            }
        }
    }
}
