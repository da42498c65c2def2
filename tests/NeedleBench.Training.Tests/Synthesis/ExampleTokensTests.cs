using System.Text.Json;
using NeedleBench.Tokenizers;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Tests.Synthesis;

public class ExampleTokensTests
{
    static readonly SentencePieceTokenizer Tokenizer =
        SentencePieceTokenizer.Load(RepositoryFiles.InRepository("src/NeedleBench.San/Models/san-nano/tokenizer.model"));

    static SyntheticExample Example(string answer, string query = "q") => new(
        query,
        ToolDefinitionJson.ParseList("""[{"name":"getWeather","description":"Weather.","parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}}}}]"""),
        ToolCallJson.TryParse(answer, out var calls, out _) ? calls : throw new InvalidOperationException(answer));

    // The first model's own record of what it read and wrote, made by another program.
    [SharedFact("models/san-nano")]
    public void Gives_the_ids_that_the_first_checkpoint_was_run_with()
    {
        var tokens = new ExampleTokens(Tokenizer, new TokenRoleWeights());
        var compared = 0;
        foreach (var line in File.ReadLines(RepositoryFiles.InShared("models/san-nano/parity.jsonl")))
        {
            var record = JsonElement.Parse(line);
            if (!record.GetProperty("exact").GetBoolean())
            {
                continue;
            }

            Assert.True(ToolCallJson.TryParse(record.GetProperty("output_text").GetString()!, out var calls, out _));
            var example = tokens.Encode(new SyntheticExample(
                record.GetProperty("query").GetString()!, ToolDefinitionJson.ParseList(record.GetProperty("tools").GetString()!),
                    calls));
            var output = record.GetProperty("output_ids").EnumerateArray().Select(id => id.GetInt32()).ToArray();

            Assert.Equal(record.GetProperty("encoder_ids").EnumerateArray().Select(id => id.GetInt32()), example.Encoder);

            // A model may write a text in other tokens than the tokenizer would; those records say nothing of the answer.
            if (Tokenizer.Encode(record.GetProperty("output_text").GetString()!).AsSpan().SequenceEqual(output.AsSpan()[1..^1]))
            {
                Assert.Equal([1, .. output[..^1]], example.DecoderInput);
                Assert.Equal(output, example.Targets);
                compared++;
            }
        }

        Assert.True(compared > 50);
    }

    [Fact]
    public void Writes_the_name_as_the_model_sees_it_and_text_beyond_ascii_as_it_is()
    {
        var example = new ExampleTokens(Tokenizer, new TokenRoleWeights()).Encode(Example("""[{"name":"getWeather","arguments":{"city":"Gdańsk \"Old\"","days":3}}]"""));

        Assert.Equal((4, 1), (example.Targets[0], example.Targets[^1]));
        Assert.Equal("""[{"name":"get_weather","arguments":{"city":"Gdańsk \"Old\"","days":3}}]""", Tokenizer.Decode(example.Targets.AsSpan()[1..^1]));
    }

    [Fact]
    public void Weighs_names_keys_values_and_structure_apart()
    {
        const string Answer = """[{"name":"get_weather","arguments":{"city":"Oslo","days":30}},{"name":"get_weather","arguments":{}}]""";
        const string Parts_ = """.d........nnnnnnnnnnnn...............kkkkk.vvvvvv..kkkkk.vv............nnnnnnnnnnnn.................""";
        var weights = new TokenRoleWeights { Name = 2, Key = 3, Value = 5, Structure = 1, Decision = 4 };
        Assert.Equal(Answer.Length, Parts_.Length);

        var example = new ExampleTokens(Tokenizer,
            weights).Encode(Example(Answer.Replace("get_weather", "getWeather", StringComparison.Ordinal)));

        var at = 0;
        Assert.Equal((1, 1), (example.Weights[0], example.Weights[^1]));
        foreach (var (id, weight) in example.Targets.Zip(example.Weights).Skip(1).SkipLast(1))
        {
            var length = at == 0 ? Tokenizer.TokenText(id).TrimStart().Length : Tokenizer.TokenText(id).Length;
            Assert.Equal(Parts_.Substring(at, length).Max(part => part switch { 'n' => 2, 'k' => 3, 'v' => 5, 'd' => 4, _ => 1 }), weight);
            at += length;
        }

        Assert.Equal(Answer.Length, at);
    }

    [Fact]
    public void Text_of_several_bytes_weighs_as_the_value_it_stands_in()
    {
        var example = new ExampleTokens(Tokenizer, new TokenRoleWeights()).Encode(Example("""[{"name":"getWeather","arguments":{"city":"日本語"}}]"""));

        // 日本語 is nine bytes of UTF-8, which this vocabulary has no pieces for.
        Assert.Equal(9, example.Targets.Zip(example.Weights).Count(t => Tokenizer.Kind(t.First) == PieceKind.Byte
            && t.Second == 4));
    }

    [Fact]
    public void A_refusal_is_an_empty_list_between_marker_and_end()
    {
        var example = new ExampleTokens(Tokenizer, new TokenRoleWeights()).Encode(Example("[]"));

        Assert.Equal("[]", Tokenizer.Decode(example.Targets.AsSpan()[1..^1]));
        Assert.Equal((1, 1), (example.Weights[0], example.Weights[^1]));
        Assert.Equal(4, example.Weights.Max());
    }

    [Fact]
    public void Cuts_a_tooLongprompt_as_inference_does_and_can_pass_it_over()
    {
        var tokens = new ExampleTokens(Tokenizer, new TokenRoleWeights());
        var example = Example("[]", string.Join(' ', Enumerable.Repeat("weather", 3000)));

        var cut = tokens.Encode(example).Encoder;

        Assert.Equal((1024, 5), (cut.Length, cut[1022]));
        Assert.False(tokens.TryEncode(example, out _));
        Assert.True(tokens.TryEncode(Example("[]"), out var fits));
        Assert.Equal(tokens.Encode(Example("[]")).Encoder, fits.Encoder);
    }

    [Fact]
    public void Refuses_an_answer_longer_than_the_decoder_and_a_tool_not_offered()
    {
        var tokens = new ExampleTokens(Tokenizer, new TokenRoleWeights());
        var tooLong = Example("""[{"name":"getWeather","arguments":{"city":"LONG"}}]""".Replace("LONG", string.Concat(Enumerable.Repeat("Łódź ", 400)), StringComparison.Ordinal));

        Assert.Throws<InputException>(() => tokens.Encode(tooLong));
        Assert.False(tokens.TryEncode(tooLong, out _));
        Assert.Throws<InputException>(() => tokens.Encode(Example("""[{"name":"other","arguments":{}}]""")));
    }

    [Fact]
    public void Synthetic_examples_decode_to_their_answers()
    {
        var tokens = new ExampleTokens(Tokenizer, new TokenRoleWeights { Decision = 1 });
        var tooLong = 0;
        foreach (var example in new ExampleSynthesiser(TestCorpus.Repository, new SynthesisOptions(), 21).Stream().Take(1000))
        {
            if (!tokens.TryEncode(example, out var encoded))
            {
                tooLong++;
                continue;
            }

            Assert.True(ToolCallJson.TryParse(Tokenizer.Decode(encoded.Targets.AsSpan()[1..^1]), out var calls, out _));
            Assert.Equal(example.Calls.Select(c => ExampleCheck.Texts(c.Arguments)),
                calls.Select(c => ExampleCheck.Texts(c.Arguments)));
            Assert.Equal(encoded.Targets.Length, encoded.Weights.Length);
            Assert.Equal(encoded.Targets.Length, encoded.DecoderInput.Length);
            Assert.Equal(example.Calls.Any(c => c.Arguments.EnumerateObject().Any()), encoded.Weights.Contains(4));
        }

        // Eight tools of many parameters may not fit the prompt; were that common, long tool lists would never be trained on.
        Assert.InRange(tooLong, 0, 30);
    }
}
