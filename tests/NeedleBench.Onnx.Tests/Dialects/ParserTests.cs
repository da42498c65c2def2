using NeedleBench.Onnx.Dialects;

namespace NeedleBench.Onnx.Tests.Dialects;

public class ParserTests
{
    [Theory]
    [InlineData("<start_function_call>call:f{s:<escape>Tokyo, {J}<escape>,n:3,b:true,o:{k:<escape>v<escape>,z:[]},a:[1,-2.50,1E+5]}<end_function_call>",
        """[{"name":"f","arguments":{"s":"Tokyo, {J}","n":3,"b":true,"o":{"k":"v","z":[]},"a":[1,-2.50,1E+5]}}]""")]
    [InlineData("Sure.<start_function_call>call:a.b{}<end_function_call><start_function_call>call:g<end_function_call> done",
        """[{"name":"a.b","arguments":{}},{"name":"g","arguments":{}}]""")]
    [InlineData("<start_function_call>call: f { x : 5 , s : <escape> pad <escape>, } <end_function_call>", """[{"name":"f","arguments":{"x":5,"s":" pad "}}]""")]
    [InlineData("<start_function_call>call:f{<escape>k k<escape>:null,x:False,m:007,t:12:30,w:New York,q:\"a,\\n\",r:'it'}<end_function_call>",
        """[{"name":"f","arguments":{"k k":null,"x":false,"m":7,"t":"12:30","w":"New York","q":"a,\n","r":"it"}}]""")]
    [InlineData("<start_function_call>call:f{a:[<escape>x<escape>,{b:1}],a:2}<end_function_call>", """[{"name":"f","arguments":{"a":2}}]""")]
    [InlineData("<start_function_call>call:f{x:-0.50}", """[{"name":"f","arguments":{"x":-0.50}}]""")]
    [InlineData("I cannot do that.", "[]")]
    public void Reads_FunctionGemma(string text, string expected) => AssertReads("functiongemma", text, expected);

    [Theory]
    [InlineData("<start_function_call>call:f{x:5", ParseFailureKind.Truncated, 0)]
    [InlineData("<start_function_call>call:f", ParseFailureKind.Truncated, 0)]
    [InlineData("<start_function_call>", ParseFailureKind.Truncated, 0)]
    [InlineData("<start_function_call>call:g{}<end_function_call><start_function_call>call:f{s:<escape>hal", ParseFailureKind.Truncated, 1)]
    [InlineData("<start_function_call>call:f{s:<escape>open}<end_function_call><start_function_call>call:g{t:<escape>x<escape>}<end_function_call>", ParseFailureKind.NotJson, 0)]
    [InlineData("<start_function_call>f{x:5}<end_function_call>", ParseFailureKind.NotJson, 0)]
    [InlineData("<start_function_call>call:{x:5}<end_function_call>", ParseFailureKind.NotACall, 0)]
    [InlineData("<start_function_call>call:f{x:}<end_function_call>", ParseFailureKind.NotJson, 0)]
    [InlineData("<start_function_call>call:f{x:[1}<end_function_call>", ParseFailureKind.NotJson, 0)]
    [InlineData(" ", ParseFailureKind.Empty, 0)]
    public void Refuses_FunctionGemma(string text, ParseFailureKind kind, int before) => AssertRefuses("functiongemma", text, kind, before);

    [Theory]
    [InlineData("<tool_call>\n{\"name\": \"f\", \"arguments\": {\"x\": 5.0, \"y\": {\"z\": [1e-3, null, \"\\u00e9\\\"\"]}}}\n</tool_call>",
        """[{"name":"f","arguments":{"x":5.0,"y":{"z":[1e-3,null,"é\""]}}}]""")]
    [InlineData("<think>\n<tool_call>no</tool_call>\n</think>\n\nOk <tool_call>{\"arguments\":{},\"name\":\"f\",\"id\":1}</tool_call> and\n<tool_call>\n{\"name\":\"g\",\"arguments\":{\"a\":\"</tool_call>\"}}\n</tool_call>.",
        """[{"name":"f","arguments":{}},{"name":"g","arguments":{"a":"</tool_call>"}}]""")]
    [InlineData("<tool_call>{\"name\":\"f\",\"arguments\":{}}\n{\"name\":\"g\",\"arguments\":{}}</tool_call>", """[{"name":"f","arguments":{}},{"name":"g","arguments":{}}]""")]
    [InlineData("<tool_call>[{\"name\":\"f\",\"arguments\":{\"s\":\"a\nb\"}}]<tool_call>{\"name\":\"g\",\"arguments\":{}}", """[{"name":"f","arguments":{"s":"a\nb"}},{"name":"g","arguments":{}}]""")]
    [InlineData("[{\"name\":\"f\",\"arguments\":{}}]", """[{"name":"f","arguments":{}}]""")]
    [InlineData("<think>\nWhy?\n</think>\n\nSorry, I cannot help. [1]", "[]")]
    [InlineData("<tool_call>{\"name\":\"f\",\"arguments\":{\"n\":12345678901234567890123,\"u\":\"\\ud83d\"}}</tool_call>",
        "[{\"name\":\"f\",\"arguments\":{\"n\":12345678901234567890123,\"u\":\"\uFFFD\"}}]")]
    public void Reads_tagged_JSON(string text, string expected)
    {
        AssertReads("hermes", text, expected);
        AssertReads("granite", text, expected);
    }

    [Theory]
    [InlineData("<tool_call>\n{\"name\": \"f\", \"arguments\": {\"x\": 5}\n</tool_call>", ParseFailureKind.NotJson, 0)]
    [InlineData("<tool_call>\n{\"name\": \"f\", \"arguments\": {\"x\": \"5", ParseFailureKind.Truncated, 0)]
    [InlineData("<tool_call>\n{\"name\": \"f\", \"arguments\": {\"x\": tr", ParseFailureKind.Truncated, 0)]
    [InlineData("<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call><tool_call>", ParseFailureKind.Truncated, 1)]
    [InlineData("<think>\nHmm", ParseFailureKind.Truncated, 0)]
    [InlineData("<tool_call>{\"name\":\"f\"}</tool_call>", ParseFailureKind.NotACall, 0)]
    [InlineData("<tool_call>{\"name\":\"f\",\"arguments\":\"{}\"}</tool_call>", ParseFailureKind.NotACall, 0)]
    [InlineData("<tool_call>null</tool_call>", ParseFailureKind.NotJson, 0)]
    [InlineData("<tool_call>{'name':'f','arguments':{}}</tool_call>", ParseFailureKind.NotJson, 0)]
    [InlineData("{\"name\": \"f\", \"argu", ParseFailureKind.Truncated, 0)]
    [InlineData("", ParseFailureKind.Empty, 0)]
    public void Refuses_tagged_JSON(string text, ParseFailureKind kind, int before)
    {
        AssertRefuses("hermes", text, kind, before);
        AssertRefuses("granite", text, kind, before);
    }

    [Theory]
    [InlineData("<|tool_call_start|>[f(a=\"x, y\", n=-3, b=True, c=None), g()]<|tool_call_end|>Done.", """[{"name":"f","arguments":{"a":"x, y","n":-3,"b":true,"c":null}},{"name":"g","arguments":{}}]""")]
    [InlineData("<|tool_call_start|>[f(x=1)]<|tool_call_end|>[f(x=1)]<|tool_call_end|>", """[{"name":"f","arguments":{"x":1}}]""")]
    [InlineData("<|tool_call_start|>[f(x=1)]<|tool_call_end|><|tool_call_start|>[g(y=2)]", """[{"name":"f","arguments":{"x":1}},{"name":"g","arguments":{"y":2}}]""")]
    [InlineData("<|tool_call_start|>[mail.send(from=\"a\", class='b', month=07, in_=[1, (2, 3), (4), (5,), ()], d={'k': {\"z\": .5}, 1: false})]<|tool_call_end|>",
        """[{"name":"mail.send","arguments":{"from":"a","class":"b","month":7,"in_":[1,[2,3],4,[5],[]],"d":{"k":{"z":0.5},"1":false}}}]""")]
    [InlineData("<|tool_call_start|>[f(s='it\\'s' \" \\x41\\u00e9\\U0001F389\\101\\q\" r'\\n', t=\"a\n\tb\", u='''x'y''', v=1_000, w=0xFF, x=1e5, y=2., z=- 1)]<|tool_call_end|>",
        "[{\"name\":\"f\",\"arguments\":{\"s\":\"it's A\u00e9\U0001F389A\\\\q\\\\n\",\"t\":\"a\\n\\tb\",\"u\":\"x'y\",\"v\":1000,\"w\":255,\"x\":1e5,\"y\":2.0,\"z\":-1}}]")]
    [InlineData("<|tool_call_start|>[{\"name\": \"f\", \"arguments\": {\"x\": 5}}]<|tool_call_end|>", """[{"name":"f","arguments":{"x":5}}]""")]
    [InlineData("<|tool_call_start|>{\"name\": \"f\", \"arguments\": {}}\n{\"name\": \"g\", \"arguments\": {}}<|tool_call_end|>", """[{"name":"f","arguments":{}},{"name":"g","arguments":{}}]""")]
    [InlineData("<|tool_call_start|>f(x=1)\ng(y='')<|tool_call_end|>", """[{"name":"f","arguments":{"x":1}},{"name":"g","arguments":{"y":""}}]""")]
    [InlineData("<|tool_call_start|>[]<|tool_call_end|>None fits.", "[]")]
    [InlineData("[f(x=1),]", """[{"name":"f","arguments":{"x":1}}]""")]
    [InlineData("[{\"name\": \"f\", \"arguments\": {\"x\": 5}}]", """[{"name":"f","arguments":{"x":5}}]""")]
    [InlineData("I cannot call f(x=1) [sorry].", "[]")]
    public void Reads_LFM2(string text, string expected)
    {
        AssertReads("lfm2", text, expected);
        AssertReads("lfm2.5", text, expected);
    }

    [Theory]
    [InlineData("<|tool_call_start|>[f(x=1), g(y=\"ab", ParseFailureKind.Truncated, 1)]
    [InlineData("<|tool_call_start|>[f(x=1)", ParseFailureKind.Truncated, 1)]
    [InlineData("<|tool_call_start|>[f(x", ParseFailureKind.Truncated, 0)]
    [InlineData("<|tool_call_start|>[f(x=]<|tool_call_end|>", ParseFailureKind.NotJson, 0)]
    [InlineData("<|tool_call_start|>[f(s=\"open)]<|tool_call_end|><|tool_call_start|>[g(t=\"x\")]<|tool_call_end|>", ParseFailureKind.NotJson, 0)]
    [InlineData("<|tool_call_start|>[f(5)]<|tool_call_end|>", ParseFailureKind.NotACall, 0)]
    [InlineData("<|tool_call_start|>[f(x=2*3)]<|tool_call_end|>", ParseFailureKind.NotJson, 0)]
    [InlineData("<|tool_call_start|>[f(x=celsius)]<|tool_call_end|>", ParseFailureKind.NotJson, 0)]
    [InlineData("[f(x=1), g(", ParseFailureKind.Truncated, 1)]
    [InlineData("\n", ParseFailureKind.Empty, 0)]
    public void Refuses_LFM2(string text, ParseFailureKind kind, int before) => AssertRefuses("lfm2", text, kind, before);

    [Theory]
    [InlineData(" [{\"name\":\"f\",\"arguments\":{\"x\":1.50}}]", """[{"name":"f","arguments":{"x":1.50}}]""")]
    [InlineData("Sure [see 1]:\n```json\n[{\"name\":\"f\",\"arguments\":{}},\n {\"name\":\"g\",\"arguments\":{}}]\n```\nBye.", """[{"name":"f","arguments":{}},{"name":"g","arguments":{}}]""")]
    [InlineData("{\"name\":\"f\",\"arguments\":{}}", """[{"name":"f","arguments":{}}]""")]
    [InlineData("[]", "[]")]
    [InlineData("No tool fits.", "[]")]
    public void Reads_plain_JSON(string text, string expected) => AssertReads("json", text, expected);

    [Theory]
    [InlineData("[{\"name\":\"f\",\"arguments\":{}},{\"name\":\"g\",", ParseFailureKind.Truncated, 0)]
    [InlineData("[", ParseFailureKind.Truncated, 0)]
    [InlineData("[{\"name\":\"f\" \"arguments\":{}}]", ParseFailureKind.NotJson, 0)]
    [InlineData("{\"tool\":\"f\"}", ParseFailureKind.NotACall, 0)]
    [InlineData("[{\"name\":\"f\",\"arguments\":[]}]", ParseFailureKind.NotACall, 0)]
    [InlineData("", ParseFailureKind.Empty, 0)]
    public void Refuses_plain_JSON(string text, ParseFailureKind kind, int before) => AssertRefuses("json", text, kind, before);

    [Fact]
    public void Names_the_place_of_a_fault()
    {
        var failure = PromptDialects.Find("hermes").Parse("<tool_call>{\"name\": f}").Failure;
        Assert.Equal("'f' stands where 'false' was expected, at offset 20", failure!.Detail);
    }

    static void AssertReads(string dialect, string text, string expected)
    {
        var answer = PromptDialects.Find(dialect).Parse(text);
        Assert.Null(answer.Failure);
        Assert.Equal(expected, ToolCallJson.Write(answer.Calls).Replace("\\uFFFD", "\uFFFD", StringComparison.Ordinal).Replace("\\uD83C\\uDF89", "🎉", StringComparison.Ordinal));
    }

    static void AssertRefuses(string dialect, string text, ParseFailureKind kind, int before)
    {
        var answer = PromptDialects.Find(dialect).Parse(text);
        Assert.Equal(kind, answer.Failure?.Kind);
        Assert.Equal(before, answer.Calls.Count);
    }
}
