using System.Text;
using System.Text.Json;

namespace NeedleBench.Harness.Tests.Suites;

/// <summary>Writes small suites to disk.</summary>
static class SuiteFiles
{
    public const string Tools = """
        [
          {"name":"set_alarm","description":"Sets an alarm.","parameters":{"type":"object","properties":{
            "time":{"type":"string","description":"When."},"loud":{"type":"boolean"},"days":{"type":"array","items":{"type":"string"}}},"required":["time"]}},
          {"name":"set_timer","description":"Sets a timer.","parameters":{"type":"object","properties":{"minutes":{"type":"integer","minimum":1}},"required":["minutes"]}}
        ]
        """;

    public static string Alarm(string id, string query = "wake me at six", string time = "[\"six\"]") =>
        $$"""{"id":"{{id}}","query":"{{query}}","tools":["set_alarm","set_timer"],"expected":[{"name":"set_alarm","arguments":{"time":{{time}} } }],"style":"terse","tags":["time"]}""";

    /// <summary>Writes a suite under <paramref name="root"/> and gives its folder.</summary>
    public static string Write(string root, string name, string cases, string tools = Tools, string? head = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "suite.json"), head ?? Head(name));
        File.WriteAllText(Path.Combine(folder, "tools.json"), tools);
        File.WriteAllText(Path.Combine(folder, "cases.jsonl"), cases, new UTF8Encoding(false));
        return folder;
    }

    public static string Head(string name, string extra = "") =>
        $$"""{"name":{{JsonSerializer.Serialize(name)}},"title":"T","licence":"Apache-2.0","version":"1.0","language":"en"{{extra}}}""";
}
