using System.Text.Json;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Hygiene;

/// <summary>A made-up suite that meets the quotas of needlebench-60 exactly where they are exact.</summary>
static class FullSuite
{
    static readonly string[] Styles = ["terse", "polite", "conversational", "indirect", "disfluent", "garbled"];

    static readonly string[] Parameters =
    [
        """{"type":"object","properties":{"mode":{"type":"string","enum":["a","b"]}},"required":["mode"]}""",
        """{"type":"object","properties":{"n":{"type":"integer","minimum":1,"maximum":9}},"required":["n"]}""",
        """{"type":"object","properties":{"on":{"type":"boolean"}},"required":["on"]}""",
        """{"type":"object","properties":{"names":{"type":"array","items":{"type":"string"}}},"required":["names"]}""",
        """{"type":"object","properties":{"at":{"type":"object","properties":{"x":{"type":"number"}},"required":["x"]}},"required":["at"]}""",
        """{"type":"object","properties":{"note":{"type":"string"}},"required":[]}""",
        """{"type":"object","properties":{}}""",
        """{"type":"object","properties":{}}""",
    ];

    public static Suite Create()
    {
        var tools = Parameters.Select((p, i) => new ToolDefinition($"t{i}", "", JsonElement.Parse(p))).ToList();
        var cases = new List<SuiteCase>();
        for (var i = 0; i < 60; i++)
        {
            var style = i < 50 ? Styles[i % 6] : i < 57 ? "near_miss" : "none";
            List<string> tags = [i % 2 == 0 ? "tools:seen" : "tools:unseen"];
            tags.AddRange(i is 50 or 51 ? ["missing_tool"] : i is 3 or 4 ? ["lang:de"] : i == 5 ? ["lang:en"] : []);
            var call = new ExpectedCall("t6", new Dictionary<string, AcceptedValues>());
            cases.Add(new SuiteCase($"s/{i + 1:D3}", $"query {i}", tools, i >= 50 ? [] : i == 7 ? [call, call] : [call], style, tags, i + 1));
        }

        return new Suite("s", "T", "L", "1", "en", "s", tools, cases) { Profile = "needlebench-60" };
    }

    /// <summary>The suite with one case changed.</summary>
    public static Suite With(int index, Func<SuiteCase, SuiteCase> change)
    {
        var suite = Create();
        return suite with { Cases = [.. suite.Cases.Select((item, i) => i == index ? change(item) : item)] };
    }

    /// <summary>The suite with one tool taken out of tools.json.</summary>
    public static Suite WithoutTool(int index)
    {
        var suite = Create();
        return suite with { Tools = [.. suite.Tools.Where((_, i) => i != index)] };
    }
}
