using System.Text;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Suites;

public sealed class SuiteReaderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    Suite Read(string cases, string tools = SuiteFiles.Tools, string? head = null) =>
        SuiteReader.Read(SuiteFiles.Write(_folder.Path, "timers_alarms", cases, tools, head));

    InputException Refused(string cases, string tools = SuiteFiles.Tools, string? head = null) =>
        Assert.Throws<InputException>(() => Read(cases, tools, head));

    static string Case(string tools = "[\"set_alarm\"]", string expected = "[]", string style = "none", string rest = "") =>
        $$"""{"id":"a/001","query":"q","tools":{{tools}},"expected":{{expected}},"style":"{{style}}"{{rest}}}""";

    [Fact]
    public void Reads_a_case_with_its_tools_resolved()
    {
        var suite = Read(
            """{"id":"timers-alarms/001","query":"wake me at half six","tools":["set_timer","set_alarm"],"expected":[{"name":"set_alarm","arguments":{"time":["06:30","half six"],"loud":[true,null],"days":[["Mon","Tue"]]}}],"style":"terse","tags":["time"]}""");

        Assert.Equal(("timers_alarms", "T", "Apache-2.0", "1.0", "en"), (suite.Name, suite.Title, suite.Licence, suite.Version, suite.Language));
        Assert.Null(suite.Source);
        Assert.Null(suite.Profile);
        var item = Assert.Single(suite.Cases);
        Assert.Equal(("timers-alarms/001", "wake me at half six", "terse", 1), (item.Id, item.Query, item.Style, item.Line));
        Assert.Equal(["set_timer", "set_alarm"], item.Tools.Select(tool => tool.Name));
        Assert.Equal(1, item.Tools[0].Schema.GetProperty("properties").GetProperty("minutes").GetProperty("minimum").GetInt32());
        var arguments = Assert.Single(item.Expected).Arguments;
        Assert.Equal(["time", "loud", "days"], arguments.Keys);
        Assert.Equal(["06:30", "half six"], arguments["time"].Values.Select(value => value.GetString()));
        Assert.False(arguments["time"].MayBeOmitted);
        Assert.True(Assert.Single(arguments["loud"].Values).GetBoolean());
        Assert.True(arguments["loud"].MayBeOmitted);
        Assert.Equal(2, Assert.Single(arguments["days"].Values).GetArrayLength());
        Assert.False(item.IsRefusal);
    }

    [Fact]
    public void Takes_inline_tools_beside_names_a_source_and_a_language()
    {
        var suite = Read(
            Case("""["set_timer",{"name":"brew","description":"Brews.","parameters":{"cups":{"type":"integer","required":true}}}]""",
                """[{"name":"brew","arguments":{"cups":[2]}}]""", "terse", ""","lang":"de","tags":["x"]"""),
            head: SuiteFiles.Head("timers_alarms", ""","source":"elsewhere","profile":"needlebench-60" """));

        Assert.Equal("elsewhere", suite.Source);
        Assert.Equal("needlebench-60", suite.Profile);
        var item = Assert.Single(suite.Cases);
        Assert.Equal(["set_timer", "brew"], item.Tools.Select(tool => tool.Name));
        Assert.Equal("cups", item.Tools[1].Schema.GetProperty("required")[0].GetString());
        Assert.Equal(["x", "lang:de"], item.Tags);
    }

    [Fact]
    public void Takes_a_byte_order_mark_CRLF_blank_lines_and_a_last_line_without_end()
    {
        var folder = SuiteFiles.Write(_folder.Path, "timers_alarms", "");
        var cases = SuiteFiles.Alarm("a/001", "zoë's first") + "\r\n\r\n" + SuiteFiles.Alarm("a/002", "second");
        File.WriteAllText(Path.Combine(folder, "cases.jsonl"), cases, new UTF8Encoding(true));
        File.WriteAllText(Path.Combine(folder, "tools.json"), SuiteFiles.Tools.ReplaceLineEndings("\r\n"), new UTF8Encoding(true));
        File.WriteAllText(Path.Combine(folder, "suite.json"), SuiteFiles.Head("timers_alarms"), new UTF8Encoding(true));

        var suite = SuiteReader.Read(folder);

        Assert.Equal([("zoë's first", 1), ("second", 3)], suite.Cases.Select(item => (item.Query, item.Line)));
    }

    [Fact]
    public void Reads_lines_longer_than_any_buffer()
    {
        var words = new string('w', 300_000);
        var suite = Read(SuiteFiles.Alarm("a/001", words) + "\n" + SuiteFiles.Alarm("a/002", words + "2") + "\n");
        Assert.Equal([300_000, 300_001], suite.Cases.Select(item => item.Query.Length));
    }

    public static TheoryData<string, string> BadLines => new()
    {
        { "{\"id\":", "not JSON" },
        { "[]", "a case is a JSON object" },
        { Case(rest: ",\"tagz\":[]"), "unknown key 'tagz'" },
        { Case(rest: ",\"query\":\"again\""), "not JSON" },
        { """{"id":"a/001","query":"q","tools":[],"expected":[]}""", "the key 'style' is missing" },
        { """{"id":"a/001","query":" ","tools":[],"expected":[],"style":"none"}""", "'query' is not a text" },
        { """{"id":1,"query":"q","tools":[],"expected":[],"style":"none"}""", "'id' is not a text" },
        { """{"id":"a/001","query":"\ud800","tools":[],"expected":[],"style":"none"}""", "not Unicode" },
        { Case(style: "blunt"), "unknown style 'blunt'" },
        { Case("[\"set_alram\"]"), "tools.json has no tool 'set_alram'" },
        { Case("\"set_alarm\""), "'tools' is no list" },
        { Case("[\"set_alarm\",\"set_alarm\"]"), "offered twice" },
        { Case("[7]"), "a tool is no JSON object" },
        { Case("[{\"description\":\"d\"}]"), "has no name" },
        { Case("[{\"name\":\"x\",\"paramters\":{}}]"), "unknown key 'paramters'" },
        { Case("[{\"name\":\"x\",\"parameters\":[]}]"), "the parameters of tool 'x' are a JSON array" },
        { Case(expected: "{}"), "'expected' is no list" },
        { Case(expected: "[{\"name\":\"set_alarm\"}]"), "not a name and its arguments" },
        { Case(expected: "[{\"name\":\"set_alarm\",\"arguments\":{},\"id\":1}]"), "not a name and its arguments" },
        { Case(expected: "[{\"name\":\"set_timer\",\"arguments\":{}}]"), "'set_timer' is expected but not offered" },
        { Case(expected: "[{\"name\":\"set_alarm\",\"arguments\":{\"time\":\"six\"}}]"), "'time' is no list of accepted values" },
        { Case(expected: "[{\"name\":\"set_alarm\",\"arguments\":{\"time\":[]}}]"), "'time' is no list of accepted values" },
        { Case(expected: "[{\"name\":\"set_alarm\",\"arguments\":{\"time\":[null]}}]"), "no value but null" },
        { Case(rest: ",\"tags\":\"time\""), "'tags' is no list of texts" },
        { Case(rest: ",\"tags\":[\"\"]"), "'tags' is no list of texts" },
        { SuiteFiles.Alarm("a/000"), "the id 'a/000' stands on line 1 already" },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public void Refuses_a_wrong_case_naming_its_file_and_line(string line, string problem)
    {
        var error = Refused(SuiteFiles.Alarm("a/000") + "\n\n" + line + "\n" + SuiteFiles.Alarm("a/002") + "\n");

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("cases.jsonl", error.File, StringComparison.Ordinal);
        Assert.Equal(3, error.Line);
        Assert.NotEmpty(error.Mend);
    }

    [Fact]
    public void Refuses_text_that_is_not_UTF8()
    {
        var folder = SuiteFiles.Write(_folder.Path, "timers_alarms", "");
        File.WriteAllBytes(Path.Combine(folder, "cases.jsonl"), Encoding.Latin1.GetBytes(SuiteFiles.Alarm("a/001", "zoë")));
        Assert.Contains("not Unicode", Assert.Throws<InputException>(() => SuiteReader.Read(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \r\n")]
    public void Refuses_a_suite_without_cases(string cases) =>
        Assert.Contains("there are no cases", Refused(cases).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[\n{\"name\":\"a\"},\n{\"name\":\"a\"}]", 3, "'a' stands on line 2 already")]
    [InlineData("[\n{\"name\":\"a\"},\n{\"nmae\":\"a\"}]", 3, "unknown key 'nmae'")]
    [InlineData("[\n{\"name\":\"a\"},\n{\"name\":\"b\",\n\"parameters\":3}]", 3, "the parameters of tool 'b'")]
    [InlineData("[\n{\"name\":\"a\"},\n", 3, "not JSON")]
    [InlineData("{}", 1, "no JSON array")]
    public void Refuses_wrong_tools_naming_their_line(string tools, int line, string problem)
    {
        var error = Refused(SuiteFiles.Alarm("a/001"), tools);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("tools.json", error.File, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Theory]
    [InlineData("{\n\"name\":\"timers_alarms\",\n\"titel\":\"T\"}", 3, "unknown key 'titel'")]
    [InlineData("{\n\"name\":\"timers_alarms\",\n\"title\":7}", 3, "'title' is not a text")]
    [InlineData("{\"name\":\"timers_alarms\",\"title\":\"T\",\"licence\":\"L\",\"version\":\"1\"}", 1, "the key 'language' is missing")]
    [InlineData("{\"name\":\"other\",\"title\":\"T\",\"licence\":\"L\",\"version\":\"1\",\"language\":\"en\"}", 1, "its folder 'timers_alarms'")]
    [InlineData("[]", 1, "JSON object")]
    public void Refuses_a_wrong_head_naming_its_line(string head, int line, string problem)
    {
        var error = Refused(SuiteFiles.Alarm("a/001"), head: head);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("suite.json", error.File, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Theory]
    [InlineData("suite.json")]
    [InlineData("tools.json")]
    [InlineData("cases.jsonl")]
    public void Refuses_a_folder_that_lacks_a_file(string file)
    {
        var folder = SuiteFiles.Write(_folder.Path, "timers_alarms", SuiteFiles.Alarm("a/001"));
        File.Delete(Path.Combine(folder, file));
        Assert.EndsWith(file, Assert.Throws<InputException>(() => SuiteReader.Read(folder)).File, StringComparison.Ordinal);
    }
}
