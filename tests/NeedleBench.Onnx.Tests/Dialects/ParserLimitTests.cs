using NeedleBench.Onnx.Dialects;

namespace NeedleBench.Onnx.Tests.Dialects;

/// <summary>Long and deep texts: a parser that went back over them would not come to the end of this class.</summary>
public class ParserLimitTests
{
    const int Length = 100_000;

    static readonly string[] Repeated =
    [
        "<tool_call>", "<tool_call>\n", "<tool_call>\n{", "<tool_call>{\"", "</think>", "<start_function_call>", "<start_function_call>call:f{<escape>",
        "<start_function_call>call:f{\"", "<escape>", "<|tool_call_start|>", "<|tool_call_start|>[", "<|tool_call_start|>[f(x='", "<|tool_call_start|>[f(x=1)",
        "[", "[[", "[{", "{\"", "[\"[{", "\"[", "(", "-", "a.", "f(", "f()", "x=", "'", "1,", "[f(x=", " ", "[ ", "\n", "<", "r'", "]<|tool_call_end|>", "<|tool_call_end|>", "1+",
    ];

    static readonly string[] Openings = ["", "<tool_call>\n", "<start_function_call>call:f{a:", "<|tool_call_start|>[f(x=", "[f(x=", "<|tool_call_start|>["];

    [Fact]
    public void Long_runs_of_any_opening_are_read_to_their_end()
    {
        foreach (var opening in Openings)
        {
            foreach (var piece in Repeated)
            {
                var text = opening + string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
                foreach (var dialect in PromptDialects.All)
                {
                    Assert.True(dialect.Parse(text).Calls.Count <= Length);
                }
            }
        }
    }

    [Theory]
    [InlineData("functiongemma", "<start_function_call>call:f{a:", "[", "]", "}<end_function_call>")]
    [InlineData("hermes", "<tool_call>{\"name\":\"f\",\"arguments\":{\"a\":", "[", "]", "}}</tool_call>")]
    [InlineData("lfm2", "<|tool_call_start|>[f(a=", "[", "]", ")]<|tool_call_end|>")]
    [InlineData("json", "[{\"name\":\"f\",\"arguments\":{\"a\":", "{\"a\":[", "]}", "}}]")]
    public void Nesting_is_read_to_a_limit_and_refused_beyond(string name, string start, string open, string close, string end)
    {
        var dialect = PromptDialects.Find(name);
        var deep = dialect.Parse(Nest(20));
        Assert.Null(deep.Failure);
        Assert.Single(deep.Calls);
        var deeper = dialect.Parse(Nest(100_000));
        Assert.Equal(ParseFailureKind.NotJson, deeper.Failure!.Kind);
        Assert.Contains("deeper than 48", deeper.Failure.Detail, StringComparison.Ordinal);

        string Nest(int depth) =>
            start + string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat(close, depth)) + end;
    }
}
