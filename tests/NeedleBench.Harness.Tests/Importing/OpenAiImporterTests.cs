using NeedleBench.Harness.Importing;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Importing;

public sealed class OpenAiImporterTests : IDisposable
{
    const string Tools = """[{"type":"function","function":{"name":"get_weather","description":"Weather.","strict":true,"parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]""";
    const string Call = """{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Rome\"}"}}""";
    const string User = """{"role":"user","content":"weather in Rome"}""";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    Suite Import(string lines)
    {
        File.WriteAllText(_folder.File("data.jsonl"), lines);
        return OpenAiImporter.Import(_folder.File("data.jsonl"), _folder.File("out"), "chat");
    }

    static string Record(string messages = User, string rest = "", string tools = Tools) => $$"""{"messages":[{{messages}}],"tools":{{tools}}{{rest}}}""";

    public static TheoryData<string> PlacesOfTheCall => new()
    {
        Record(rest: $",\"expected\":[{Call}]"),
        Record(rest: $",\"tool_calls\":[{Call}]"),
        Record(rest: ""","expected":[{"name":"get_weather","arguments":{"city":"Rome"}}]"""),
        Record($$"""{{User}},{"role":"assistant","content":null,"tool_calls":[{{Call}}]}"""),
        Record($$"""{{User}},{"role":"assistant","tool_calls":[{{Call}}]},{"role":"tool","tool_call_id":"call_1","content":"sunny"},{"role":"assistant","content":"It is sunny."}"""),
        Record("""{"role":"user","content":[{"type":"text","text":"weather in Rome"}]}""", $",\"expected\":[{Call}]"),
    };

    [Theory]
    [MemberData(nameof(PlacesOfTheCall))]
    public void Finds_the_expected_call_in_each_common_place(string line)
    {
        var item = Assert.Single(Import(line).Cases);
        Assert.Equal(("chat/00001", "weather in Rome", "conversational"), (item.Id, item.Query, item.Style));
        Assert.Equal(["imported"], item.Tags);
        var call = Assert.Single(item.Expected);
        Assert.Equal("get_weather", call.Name);
        Assert.Equal("Rome", Assert.Single(Assert.Single(call.Arguments).Value.Values).GetString());
        var tool = Assert.Single(item.Tools);
        Assert.Equal("Weather.", tool.Description);
        Assert.Equal("city", tool.Schema.GetProperty("required")[0].GetString());
    }

    [Theory]
    [InlineData("", ",\"expected\":[]")]
    [InlineData(""",{"role":"assistant","content":"Which city?"}""", "")]
    [InlineData(""",{"role":"assistant","content":"Which city?","tool_calls":[]}""", "")]
    [InlineData(""",{"role":"assistant","content":"Which city?","tool_calls":null}""", "")]
    public void An_answer_without_calls_is_a_refusal(string answer, string rest)
    {
        var item = Assert.Single(Import(Record(User + answer, rest)).Cases);
        Assert.True(item.IsRefusal);
        Assert.Equal("none", item.Style);
    }

    [Fact]
    public void Tags_a_case_whose_system_message_is_dropped()
    {
        var item = Assert.Single(Import(Record($$"""{"role":"system","content":"Be brief."},{{User}}""", ",\"expected\":[]")).Cases);
        Assert.Equal("weather in Rome", item.Query);
        Assert.Equal(["imported", "system_message_dropped"], item.Tags);
    }

    public static TheoryData<string, string> BadLines => new()
    {
        { "[]", "no JSON object" },
        { $$"""{"tools":{{Tools}}}""", "'messages' is no list" },
        { Record("", ",\"expected\":[]"), "0 user messages" },
        { Record($"{User},{User}", ",\"expected\":[]"), "2 user messages" },
        { Record("{\"role\":\"narrator\"}"), "role 'narrator'" },
        { Record("7"), "role ''" },
        { Record("""{"role":"user","content":[{"type":"image_url","image_url":{}}]}""", ",\"expected\":[]"), "is no text" },
        { Record("""{"role":"user","content":[]}""", ",\"expected\":[]"), "'content' is missing" },
        { Record("""{"role":"user"}""", ",\"expected\":[]"), "'content' is missing" },
        { Record(), "no expected calls are given" },
        { Record(rest: ",\"expected\":null"), "'expected' is no list" },
        { Record(rest: ",\"expected\":[{\"function\":{\"name\":\"get_weather\",\"arguments\":\"{\"}}]"), "the text of 'arguments': not JSON" },
        { Record(rest: ",\"expected\":[{\"function\":{\"name\":\"get_weather\",\"arguments\":\"[]\"}}]"), "are no JSON object" },
        { Record(rest: ",\"expected\":[{\"function\":7}]"), "not a name and its arguments" },
        { Record($$"""{{User}},{"role":"assistant","tool_calls":[{{Call}}]},{"role":"assistant","tool_calls":[{{Call}}]}"""), "2 assistant messages call tools" },
        { Record($$"""{{User}},{"role":"assistant","tool_calls":7}"""), "'tool_calls' is no list" },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public void Refuses_a_bad_line_naming_it_and_leaves_nothing_behind(string line, string problem)
    {
        var error = Assert.Throws<InputException>(() => Import(Record(rest: ",\"expected\":[]") + "\n" + line));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal((_folder.File("data.jsonl"), 2), (error.File, error.Line));
        Assert.False(Directory.Exists(_folder.File("out")));
    }
}
