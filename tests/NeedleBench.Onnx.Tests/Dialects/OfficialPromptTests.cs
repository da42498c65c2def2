using NeedleBench.Onnx.Dialects;

namespace NeedleBench.Onnx.Tests.Dialects;

/// <summary>
/// Expected texts are what Jinja rendered from the makers' own templates (Qwen3, Granite 4.0), or stand on the makers' pages
/// (FunctionGemma's formatting guide, LFM2's model card).
/// </summary>
public class OfficialPromptTests
{
    const string Query = " Stelle \"x\" auf 5 <b>\n";

    const string TimerJson =
        """
        {"name": "set.timer", "description": "Stellt \"Timer\" für 5 € \\ 🎉.", "parameters": {"type": "object", "properties": {"minutes": {"type": "integer", "minimum": 1, "default": 100000.0}, "label": {"type": "string", "enum": ["a\n", "b/c"]}, "n": {"type": "number", "default": -0.0, "maximum": 2.5}}, "required": ["minutes"]}}
        """;

    const string StopJson = """{"name": "stop", "description": "", "parameters": {"type": "object", "properties": {}}}""";

    const string TaggedForm = "<tool_call>\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call>";

    static readonly IReadOnlyList<ToolDefinition> Tools = ToolDefinitionJson.ParseList(
        """
        [{"name":"set.timer","description":"Stellt \"Timer\" f\u00fcr 5 € \\ 🎉.","parameters":{"type":"object","properties":{
          "minutes":{"type":"integer","minimum":1,"default":1e5},"label":{"type":"string","enum":["a\n","b/c"]},
          "n":{"type":"number","default":-0.0,"maximum":2.50}},"required":["minutes"]}},
         {"name":"stop"}]
        """);

    [Fact]
    public void Hermes_is_Qwens_template_with_thinking_off()
    {
        var dialect = PromptDialects.Find("hermes");
        var prompt = dialect.Render(new ToolCallRequest(Query, Tools));
        Assert.Equal(
            "<|im_start|>system\n# Tools\n\nYou may call one or more functions to assist with the user query.\n\n"
            + "You are provided with function signatures within <tools></tools> XML tags:\n<tools>\n"
            + $"{{\"type\": \"function\", \"function\": {TimerJson}}}\n{{\"type\": \"function\", \"function\": {StopJson}}}\n</tools>\n\n"
            + "For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n"
            + $"{TaggedForm}<|im_end|>\n<|im_start|>user\n{Query}<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n",
            prompt.Text);
        Assert.Equal("off", dialect.Settings["thinking"]);
        Assert.Contains("<|im_end|>", prompt.Stops);
        Assert.False(prompt.AddStartToken);
    }

    [Fact]
    public void Granite_is_IBMs_template()
    {
        var prompt = PromptDialects.Find("granite").Render(new ToolCallRequest(Query, Tools));
        Assert.Equal(
            "<|start_of_role|>system<|end_of_role|>You are a helpful assistant with access to the following tools. You may call one or more "
            + "tools to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n<tools>\n"
            + $"{{\"type\": \"function\", \"function\": {TimerJson}}}\n{{\"type\": \"function\", \"function\": {StopJson}}}\n</tools>\n\n"
            + "For each tool call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n"
            + $"{TaggedForm}. If a tool does not exist in the provided list of tools, notify the user that you do not have the ability to "
            + $"fulfill the request.<|end_of_text|>\n<|start_of_role|>user<|end_of_role|>{Query}<|end_of_text|>\n"
            + "<|start_of_role|>assistant<|end_of_role|>",
            prompt.Text);
        Assert.Equal(["<|end_of_text|>"], prompt.Stops);
    }

    [Fact]
    public void Lfm2_has_tokens_round_the_list_of_tools_and_lfm25_has_not()
    {
        var request = new ToolCallRequest(Query, Tools);
        var end = $"<|im_end|>\n<|im_start|>user\n{Query}<|im_end|>\n<|im_start|>assistant\n";
        Assert.Equal(
            $"<|startoftext|><|im_start|>system\nList of tools: <|tool_list_start|>[{TimerJson}, {StopJson}]<|tool_list_end|>{end}",
            PromptDialects.Find("lfm2").Render(request).Text);
        Assert.Equal(
            $"<|startoftext|><|im_start|>system\nList of tools: [{TimerJson}, {StopJson}]{end}", PromptDialects.Find("lfm2.5").Render(request).Text);
    }

    [Theory]
    [InlineData("hermes", "<|im_start|>user\nQ<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n")]
    [InlineData(
        "granite",
        "<|start_of_role|>system<|end_of_role|>You are a helpful assistant. Please ensure responses are professional, accurate, and safe."
        + "<|end_of_text|>\n<|start_of_role|>user<|end_of_role|>Q<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>")]
    [InlineData("lfm2", "<|startoftext|><|im_start|>user\nQ<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData("functiongemma", "<bos><start_of_turn>user\nQ<end_of_turn>\n<start_of_turn>model\n")]
    public void Without_tools_nothing_speaks_of_tools(string dialect, string expected) =>
        Assert.Equal(expected, PromptDialects.Find(dialect).Render(new ToolCallRequest("Q", [])).Text);

    [Fact]
    public void Json_gives_one_tool_a_line_and_stops_before_an_invented_request()
    {
        var prompt = PromptDialects.Find("json").Render(new ToolCallRequest("Q", Tools));
        Assert.Contains($"\n{TimerJson}\n{StopJson}\n", prompt.Text, StringComparison.Ordinal);
        Assert.EndsWith("Request: Q\nAnswer:", prompt.Text, StringComparison.Ordinal);
        Assert.Contains("\nRequest:", prompt.Stops);
        Assert.True(prompt.AddStartToken);
    }

    [Fact]
    public void Tools_given_as_a_flat_map_are_rendered_as_a_schema()
    {
        var tools = ToolDefinitionJson.ParseList("""[{"name":"w","parameters":{"city":{"type":"string","required":true}}}]""");
        var text = PromptDialects.Find("lfm2.5").Render(new ToolCallRequest("Q", tools)).Text;
        Assert.Contains(
            """{"name": "w", "description": "", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}""",
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Unpaired_surrogates_reach_no_tokenizer()
    {
        var tools = ToolDefinitionJson.ParseList("""[{"name":"t","parameters":{"type":"object","properties":{"a":{"type":"string","description":"\ud800"}}}}]""");
        Assert.All(PromptDialects.All, dialect =>
        {
            var text = dialect.Render(new ToolCallRequest("x\ud800y", [tools[0] with { Description = "\udc00" }])).Text;
            Assert.DoesNotContain(text, char.IsSurrogate);
        });
    }

    [Fact]
    public void An_unknown_dialect_or_variant_is_refused_with_those_there_are()
    {
        var unknown = Assert.Throws<InputException>(() => PromptDialects.Find("gemma"));
        Assert.Contains("functiongemma, hermes, granite, lfm2, lfm2.5, json", unknown.Mend, StringComparison.Ordinal);
        Assert.Contains("official", Assert.Throws<InputException>(() => PromptDialects.Find("json", "bfcl")).Mend, StringComparison.Ordinal);
    }
}
