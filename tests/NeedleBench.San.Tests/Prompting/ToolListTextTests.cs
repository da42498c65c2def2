using NeedleBench.San.Prompting;

namespace NeedleBench.San.Tests.Prompting;

public class ToolListTextTests
{
    [Fact]
    public void A_schema_is_flattened_with_enum_before_required()
    {
        Assert.Equal(
            """[{"name":"set_light","description":"Switch a light.","parameters":{"room":{"type":"string","description":"Which room.","required":true},"state":{"type":"string","description":"","enum":["on","off"],"required":false}}}]""",
            Render(
                """
                [{"name":"setLight","description":"Switch a light.","parameters":{"type":"object","properties":{
                    "room":{"type":"string","description":"Which room."},
                    "state":{"type":"string","enum":["on","off"]}},"required":["room"]}}]
                """));
    }

    [Fact]
    public void A_flat_map_goes_in_as_it_was_given_without_spaces()
    {
        Assert.Equal(
            """[{"name":"get_weather","description":"Weather.","parameters":{"location":{"type":"string"},"days":{"type":"integer","required":false}}}]""",
            Render("""[{"name":"get_weather", "description": "Weather.", "parameters": {"location": {"type": "string"}, "days":{"type":"integer","required":false}}}]"""));
    }

    [Fact]
    public void Nested_objects_array_items_and_unions_keep_their_shape()
    {
        Assert.Equal(
            """[{"name":"t","description":"","parameters":{"who":{"type":"object","description":"d","properties":{"name":{"type":"string","description":"","required":true}},"required":false},"tags":{"type":"array","description":"","items":{"type":"string","enum":["a"]},"required":false},"n":{"type":"integer","description":"","required":false},"any":{"type":"string","description":"","required":false}}}]""",
            Render(
                """
                [{"name":"t","parameters":{"type":"object","properties":{
                    "who":{"type":"object","description":"d","properties":{"name":{"type":"string"}},"required":["name"]},
                    "tags":{"type":"array","items":{"type":"string","enum":["a"]}},
                    "n":{"type":["null","integer"]},
                    "any":{}}}}]
                """));
    }

    [Fact]
    public void Characters_are_escaped_as_the_training_data_was()
    {
        // The expected text is what Python's json.dumps(…, separators=(",", ":")) prints.
        Assert.Equal(
            "[{\"name\":\"t\",\"description\":\"caf\\u00e9 \\ud83d\\ude00 \\\"x\\\" a\\\\b\\n\\t\\u0001\\u007f </b>\",\"parameters\":{}}]",
            Render("[{\"name\":\"t\",\"description\":\"café 😀 \\\"x\\\" a\\\\b\\n\\t\\u0001\\u007f </b>\"}]"));
    }

    [Fact]
    public void No_tools_are_an_empty_list() => Assert.Equal("[]", Render("[]"));

    static string Render(string json)
    {
        var tools = ToolDefinitionJson.ParseList(json);
        return ToolListText.Render(tools, new ToolNames(tools));
    }
}
