using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Suites;

public sealed class SuiteValidatorTests : IDisposable
{
    const string Two = "[\"set_alarm\",\"set_timer\"]";
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    Suite Suite(string cases, string tools = SuiteFiles.Tools, string name = "timers_alarms", string? head = null) =>
        SuiteReader.Read(SuiteFiles.Write(_folder.Path, name, cases, tools, head));

    static string Case(
        string id = "timers-alarms/001", string query = "q", string tools = Two, string expected = "[]", string style = "none", string tags = "[]") =>
        $$"""{"id":"{{id}}","query":"{{query}}","tools":{{tools}},"expected":{{expected}},"style":"{{style}}","tags":{{tags}}}""";

    static string Call(string name, string arguments) => $$"""[{"name":"{{name}}","arguments":{{arguments}}}]""";

    [Fact]
    public void Finds_nothing_in_a_good_suite() => Assert.Empty(SuiteValidator.Validate([Suite(string.Join('\n',
        Case(expected: Call("set_alarm", """{"time":["06:30","half six"],"loud":[true,null],"days":[["Mon"]]}"""), style: "terse"),
        Case("timers-alarms/002", "two", expected: """[{"name":"set_timer","arguments":{"minutes":[3,3.0]}},{"name":"set_alarm","arguments":{"time":["6"]}}]""", style: "garbled"),
        Case("timers-alarms/003", "three", style: "near_miss"),
        Case("timers-alarms/005", "five", "[\"set_timer\"]", style: "terse", tags: "[\"missing_tool\"]")))]));

    public static TheoryData<string, string> BadCases => new()
    {
        { Case(expected: Call("set_timer", """{"minutes":["3"]}"""), style: "terse"), "first accepted call of 'set_timer' breaks its schema: minutes: integer expected" },
        { Case(expected: Call("set_timer", """{"minutes":[3,0]}"""), style: "terse"), "the accepted value 0 of 'set_timer' breaks its schema: minutes: number too small" },
        { Case(expected: Call("set_timer", "{}"), style: "terse"), "minutes: property required" },
        { Case(expected: Call("set_timer", """{"minutes":[3,null]}"""), style: "terse"), "requires 'minutes', so null cannot be accepted" },
        { Case(expected: Call("set_timer", """{"minutes":[3],"hours":[1]}"""), style: "terse"), "has no parameter 'hours'" },
        { Case("timers_alarms/001"), "does not read timers-alarms/001" },
        { Case("timers-alarms/1"), "does not read timers-alarms/001" },
        { Case("timers-alarms/0000"), "stands behind number 0" },
        { Case(expected: Call("set_timer", """{"minutes":[3]}"""), style: "near_miss"), "the style is 'near_miss', but calls are expected" },
        { Case(style: "polite"), "no call is expected, but the style is 'polite'" },
        { Case(expected: Call("set_timer", """{"minutes":[3]}"""), style: "terse", tags: "[\"missing_tool\"]"), "'missing_tool' is there, but calls are expected" },
        { Case(tools: "[]"), "0 tools are offered" },
        { Case(query: "  wake ME at   nine "), "the query stands at " },
        { Case(query: "\\u201cWake me, at nine!\\u201d"), "the query stands at " },
        { Case(tags: "[\"tools:seen\",\"tools:unseen\"]"), "are both there" },
        { Case(tools: """[{"name":"x","parameters":{"type":"object","properties":{"a":{"type":"integr"}}}}]"""), "tool 'x': 'integr' is no type" },
        { Case(tools: """[{"name":"x","parameters":{"type":"object","properties":{"a":{"$ref":"#/nope"}}}}]"""), "leads nowhere" },
    };

    [Theory]
    [MemberData(nameof(BadCases))]
    public void Finds_what_is_wrong_with_a_case_and_nothing_else(string line, string message)
    {
        var finding = Assert.Single(SuiteValidator.Validate([Suite(Case("timers-alarms/000", "Wake me at nine") + "\n" + line)]));
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.EndsWith("cases.jsonl", finding.File, StringComparison.Ordinal);
        Assert.Equal(2, finding.Line);
        Assert.Equal(FindingSeverity.Error, finding.Severity);
    }

    [Fact]
    public void Finds_a_tool_whose_schema_cannot_be_read_once_and_checks_no_calls_of_it()
    {
        var tools = """[{"name":"t","parameters":{"type":"object","properties":{"a":{"type":"string","pattern":"("}}}}]""";
        var finding = Assert.Single(SuiteValidator.Validate([Suite(
            Case(tools: "[\"t\"]", expected: Call("t", """{"a":["x"]}"""), style: "terse"), tools)]));
        Assert.EndsWith("tools.json", finding.File, StringComparison.Ordinal);
        Assert.Contains("tool 't'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_or_value_may_be_called_type()
    {
        var tools = """[{"name":"t","parameters":{"type":"object","properties":{"type":{"type":"string","enum":["type","x"]},"o":{"type":"object","default":{"type":"none"}}}}}]""";
        Assert.Empty(SuiteValidator.Validate([Suite(Case(tools: "[\"t\"]", expected: Call("t", """{"type":["x"]}"""), style: "terse"), tools)]));
    }

    [Fact]
    public void Finds_queries_and_ids_doubled_over_suites()
    {
        var findings = SuiteValidator.Validate([Suite(Case()), Suite(Case("timers-alarms/002", "Q", Two), name: "weather")]);
        Assert.Equal(2, findings.Count);
        Assert.Contains(findings, finding => finding.Message.Contains("does not read weather/001", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Message.Contains("timers_alarms", StringComparison.Ordinal)
            && finding.File.Contains("weather", StringComparison.Ordinal));

        findings = SuiteValidator.Validate([Suite(Case()), Suite(Case(query: "other"), name: "weather", head: SuiteFiles.Head("weather", ",\"source\":\"s\""))]);
        Assert.Contains("the id 'timers-alarms/001' stands at", Assert.Single(findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Imported_suites_keep_their_ids_and_only_warn_of_doubled_queries()
    {
        var head = SuiteFiles.Head("timers_alarms", ",\"source\":\"elsewhere\"");
        var finding = Assert.Single(SuiteValidator.Validate([Suite(Case("simple_1") + "\n" + Case("simple_0"), head: head)]));
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        Assert.Contains("the query stands at", finding.Message, StringComparison.Ordinal);
    }
}
