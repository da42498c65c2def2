using System.Globalization;
using System.Text;
using System.Text.Json;
using NeedleBench.Onnx.Dialects;

namespace NeedleBench.Onnx.Tests.Dialects;

/// <summary>
/// Broken answers, made from pieces of real syntax. NEEDLEBENCH_FUZZ_OUTPUTS sets how many each parser reads; a run of a million
/// takes minutes, the default a moment.
/// </summary>
public class ParserFuzzTests
{
    static readonly int Outputs =
        int.TryParse(Environment.GetEnvironmentVariable("NEEDLEBENCH_FUZZ_OUTPUTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 2000;

    static readonly string[] Whole =
    [
        "<start_function_call>call:f{s:<escape>Tokyo, {J}<escape>,n:3,b:true,o:{k:<escape>v<escape>},a:[1,-2.5e3]}<end_function_call>",
        "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"x\": 5.0, \"y\": [\"\\u00e9\", null, {\"z\": true}]}}\n</tool_call>\n<tool_call>\n{\"name\": \"g\", \"arguments\": {}}\n</tool_call>",
        "<|tool_call_start|>[a.f(s='it\\'s' \"x\", n=-3, l=[1, (2, 3)], d={\"k\": None}), g()]<|tool_call_end|>Done.",
        "[f(x=1), g(y=h(z=2))]",
        "Sure: [{\"name\": \"f\", \"arguments\": {\"x\": 1e-3}}]",
    ];

    static readonly string[] Pieces =
    [
        "<start_function_call>", "call:", "<end_function_call>", "<escape>", "<start_function_response>", "<tool_call>", "<tool_call>\n", "\n</tool_call>",
        "</tool_call>", "<think>", "</think>", "<|tool_call_start|>", "<|tool_call_end|>", "<|im_end|>", "{", "}", "[", "]", "(", ")", ",", ":", "=", "\"", "'", "'''",
        "\\", "\\u", "\\ud83d", "\\x4", "\\N{X}", "\0", "\n", " ", "\u00a0", "\ud800", "\udfff", "🎉", "é", "٣", "f", "from", "True", "null", "nan", "NaN", "-Infinity",
        "1e999", "007", "0x", "1_0", "-", "+", "~", ".", "5", "e", "{\"name\":", "\"arguments\":", "\"f\"", "f(", "x=", "x:", "lambda", "#", "`", "**", "...", "\u001c",
    ];

    public static TheoryData<string, string> Parsers
    {
        get
        {
            var parsers = new TheoryData<string, string>();
            foreach (var dialect in PromptDialects.All)
            {
                parsers.Add(dialect.Name, dialect.Variant);
            }

            return parsers;
        }
    }

    [Theory]
    [MemberData(nameof(Parsers))]
    public void No_text_throws_and_every_call_read_can_be_written(string name, string variant)
    {
        var dialect = PromptDialects.Find(name, variant);
        var random = new Random(20250711);
        var withCalls = 0;
        var failed = 0;
        for (var i = 0; i < Outputs; i++)
        {
            var text = Make(random);
            var answer = dialect.Parse(text);
            withCalls += answer.Calls.Count > 0 ? 1 : 0;
            failed += answer.Failure is null ? 0 : 1;
            foreach (var call in answer.Calls)
            {
                Assert.Equal(JsonValueKind.Object, call.Arguments.ValueKind);
            }

            Assert.True(ToolCallJson.TryParse(ToolCallJson.Write(answer.Calls), out var again, out _), text);
            Assert.Equal(answer.Calls.Select(c => c.Name), again.Select(c => c.Name));
        }

        // Neither outcome may be missing, or the texts would test nothing.
        Assert.True(withCalls > Outputs / 100, $"{withCalls} of {Outputs} with calls");
        Assert.True(failed > Outputs / 100 || variant == PromptDialects.Bfcl, $"{failed} of {Outputs} failed");
    }

    static string Make(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(3); i >= 0; i--)
        {
            text.Append(Whole[random.Next(Whole.Length)]);
        }

        for (var edits = random.Next(6); edits > 0; edits--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(4))
            {
                case 0:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1:
                    text.Remove(at, Math.Min(random.Next(12), text.Length - at));
                    break;
                case 2:
                    text.Length = Math.Max(at, text.Length / 2);
                    break;
                default:
                    for (var run = random.Next(8); run > 0; run--)
                    {
                        text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    }

                    break;
            }
        }

        return text.ToString();
    }
}
