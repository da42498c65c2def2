namespace NeedleBench.Abstractions.Tests;

public class ToolDefinitionJsonTests
{
    [Fact]
    public void Flat_parameters_become_a_schema_and_keep_their_given_form()
    {
        var tool = Assert.Single(ToolDefinitionJson.ParseList(
            """[{"name":"t","parameters":{"type":{"type":"string","required":true},"n":{"type":"integer","description":"d","required":false}}}]"""));

        Assert.True(tool.IsFlat);
        Assert.Equal(
            """{"type":"object","properties":{"type":{"type":"string"},"n":{"type":"integer","description":"d"}},"required":["type"]}""",
            tool.Schema.GetRawText());
    }

    [Fact]
    public void The_function_wrapper_and_a_schema_are_read_as_they_are()
    {
        const string Schema = """{"type":"object","properties":{"properties":{"type":"string"}},"required":["properties"]}""";
        var tool = Assert.Single(ToolDefinitionJson.ParseList(
            $$$"""[{"type":"function","function":{"name":"t","description":"d","parameters":{{{Schema}}} }}]"""));

        Assert.Equal(("t", "d", false), (tool.Name, tool.Description, tool.IsFlat));
        Assert.Equal(Schema, tool.Schema.GetRawText());
    }

    [Theory]
    [InlineData("""[{"name":"t"}]""")]
    [InlineData("""[{"name":"t","parameters":{}}]""")]
    [InlineData("""[{"name":"t","parameters":null}]""")]
    public void A_tool_without_parameters_takes_none(string json)
    {
        var tool = Assert.Single(ToolDefinitionJson.ParseList(json));

        Assert.Equal("object", tool.Schema.GetProperty("type").GetString());
        Assert.Empty(tool.Schema.GetProperty("properties").EnumerateObject());
    }

    [Theory]
    [InlineData("nope", "not JSON")]
    [InlineData("{}", "not an array")]
    [InlineData("""[{"description":"x"}]""", "tool 0 has no name")]
    [InlineData("""[{"name":"a"},{"name":" "}]""", "tool 1 has no name")]
    [InlineData("""[{"name":"a","parameters":[1]}]""", "array, not an object")]
    public void Bad_lists_are_refused_with_file_and_reason(string json, string reason)
    {
        var error = Assert.Throws<InputException>(() => ToolDefinitionJson.ParseList(json, "tools.json", 7));

        Assert.StartsWith("tools.json:7: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_refuses_two_tools_of_one_name()
    {
        ToolDefinition[] tools = [new("a", "", default), new("a", "other", default)];

        Assert.Contains("'a'", Assert.Throws<InputException>(() => new ToolCallRequest("q", tools)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"name":"a","arguments":{"x":1}},{"name":"ü","arguments":{}}]""", 2)]
    [InlineData("[]", 0)]
    public void Calls_survive_a_round_trip(string json, int count)
    {
        Assert.True(ToolCallJson.TryParse(json, out var calls, out _));

        Assert.Equal(count, calls.Count);
        Assert.Equal(json, ToolCallJson.Write(calls));
    }

    [Theory]
    [InlineData("  ", ParseFailureKind.Empty)]
    [InlineData("[{]", ParseFailureKind.NotJson)]
    [InlineData("[] trailing", ParseFailureKind.NotJson)]
    [InlineData("{\"name\":\"a\"}", ParseFailureKind.NotACallList)]
    [InlineData("[1]", ParseFailureKind.NotACall)]
    [InlineData("""[{"name":"a"}]""", ParseFailureKind.NotACall)]
    [InlineData("""[{"name":"a","arguments":"{}"}]""", ParseFailureKind.NotACall)]
    public void Text_that_holds_no_calls_says_why(string text, ParseFailureKind kind)
    {
        Assert.False(ToolCallJson.TryParse(text, out _, out var failure));
        Assert.Equal(kind, failure.Kind);
    }
}
