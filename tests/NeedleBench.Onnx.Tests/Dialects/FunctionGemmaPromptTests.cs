using NeedleBench.Onnx.Dialects;

namespace NeedleBench.Onnx.Tests.Dialects;

public class FunctionGemmaPromptTests
{
    // The example of Google's formatting guide.
    [Fact]
    public void Renders_the_published_example_byte_for_byte()
    {
        var tools = ToolDefinitionJson.ParseList(
            """
            [{"name":"get_current_weather","description":"Gets the current weather in a given location.","parameters":{"type":"object",
              "properties":{"location":{"type":"string","description":"The city and state, e.g. \"San Francisco, CA\" or \"Tokyo, JP\""},
                "unit":{"type":"string","enum":["celsius","fahrenheit"],"description":"The unit to return the temperature in."}},
              "required":["location"]}}]
            """);
        var prompt = PromptDialects.Find("functiongemma").Render(new ToolCallRequest("\nHey, what's the weather in Tokyo right now? ", tools));
        Assert.Equal(
            "<bos><start_of_turn>developer\nYou are a model that can do function calling with the following functions"
            + "<start_function_declaration>declaration:get_current_weather{description:<escape>Gets the current weather in a given location.<escape>,"
            + "parameters:{properties:{location:{description:<escape>The city and state, e.g. \"San Francisco, CA\" or \"Tokyo, JP\"<escape>,"
            + "type:<escape>STRING<escape>},unit:{description:<escape>The unit to return the temperature in.<escape>,"
            + "enum:[<escape>celsius<escape>,<escape>fahrenheit<escape>],type:<escape>STRING<escape>}},required:[<escape>location<escape>],"
            + "type:<escape>OBJECT<escape>}}<end_function_declaration><end_of_turn>\n"
            + "<start_of_turn>user\nHey, what's the weather in Tokyo right now?<end_of_turn>\n<start_of_turn>model\n",
            prompt.Text);
        Assert.Contains("<start_function_response>", prompt.Stops);
        Assert.Contains("<end_of_turn>", prompt.Stops);
        Assert.False(prompt.AddStartToken);
    }

    [Theory]
    [InlineData("""{"zebra":{"type":"string"},"Beta":{"type":"number"},"alpha":{"type":"boolean"}}""",
        "alpha:{description:<escape><escape>,type:<escape>BOOLEAN<escape>},Beta:{description:<escape><escape>,type:<escape>NUMBER<escape>},"
        + "zebra:{description:<escape><escape>,type:<escape>STRING<escape>}")]
    [InlineData("""{"type":{"type":"string"},"nullable":{"type":"string"},"ok":{"type":"integer","enum":[1,2],"minimum":0}}""",
        "ok:{description:<escape><escape>,type:<escape>INTEGER<escape>}")]
    [InlineData("""{"s":{"type":"string","enum":[]},"t":{"type":"string","enum":[1,true,"x"]}}""",
        "s:{description:<escape><escape>,type:<escape>STRING<escape>},t:{description:<escape><escape>,enum:[1,true,<escape>x<escape>],type:<escape>STRING<escape>}")]
    [InlineData("""{"l":{"type":"array","items":{"type":"string","enum":["a","b"],"description":"D"}}}""",
        "l:{description:<escape><escape>,items:{description:<escape>D<escape>,enum:[<escape>a<escape>,<escape>b<escape>],type:<escape>STRING<escape>},type:<escape>ARRAY<escape>}")]
    [InlineData("""{"l":{"type":"array","items":{"type":"object","properties":{"k":{"type":"integer"}},"required":["k"]}},"m":{"type":"array"}}""",
        "l:{description:<escape><escape>,items:{properties:{k:{description:<escape><escape>,type:<escape>INTEGER<escape>}},required:[<escape>k<escape>],"
        + "type:<escape>OBJECT<escape>},type:<escape>ARRAY<escape>},m:{description:<escape><escape>,type:<escape>ARRAY<escape>}")]
    [InlineData("""{"o":{"type":"object","description":"obj","properties":{"b":{"type":"string"},"a":{"type":"string"}},"required":["a"]},"p":{"type":"object"}}""",
        "o:{description:<escape>obj<escape>,properties:{a:{description:<escape><escape>,type:<escape>STRING<escape>},"
        + "b:{description:<escape><escape>,type:<escape>STRING<escape>}},required:[<escape>a<escape>],type:<escape>OBJECT<escape>},"
        + "p:{description:<escape><escape>,properties:{},type:<escape>OBJECT<escape>}")]
    [InlineData("""{"u":{"type":["string","null"],"enum":["x"]}}""",
        "u:{description:<escape><escape>,enum:[<escape>x<escape>],type:<escape>STRING<escape>}")]
    public void Follows_the_template_s_rules_for_parameters(string properties, string expected)
    {
        var tools = ToolDefinitionJson.ParseList($$$"""[{"name":"t","description":"d","parameters":{"type":"object","properties":{{{properties}}}}}]""");
        var text = PromptDialects.Find("functiongemma").Render(new ToolCallRequest("q", tools)).Text;
        Assert.Contains(
            $"declaration:t{{description:<escape>d<escape>,parameters:{{properties:{{{expected}}},type:<escape>OBJECT<escape>}}}}<end_function_declaration>",
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_without_parameters_says_only_that_they_are_an_object()
    {
        var text = PromptDialects.Find("functiongemma").Render(new ToolCallRequest("q", [new ToolDefinition("t", "", default)])).Text;
        Assert.Contains("declaration:t{description:<escape><escape>,parameters:{type:<escape>OBJECT<escape>}}<end_function_declaration>", text, StringComparison.Ordinal);
    }
}
