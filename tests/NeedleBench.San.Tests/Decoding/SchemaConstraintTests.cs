using System.Text.Json;
using NeedleBench.San.Decoding;
using NeedleBench.San.Prompting;
using NeedleBench.Tokenizers;

namespace NeedleBench.San.Tests.Decoding;

public class SchemaConstraintTests
{
    const int ToolCall = 4;
    const int End = 1;

    static readonly SentencePieceTokenizer Tokenizer = SanModelSource.Open("san-nano").Tokenizer;

    static readonly ToolDefinition[] Tools =
    [
        new("set-level", "", JsonSerializer.Deserialize<JsonElement>("""
            {"type":"object","required":["mode","level"],"properties":{
              "mode":{"type":"string","enum":["fast","slow"]},"level":{"type":"integer"},"note":{"type":"string"}}}
            """)),
    ];

    [Fact]
    public void Whatever_the_logits_the_answer_parses_and_keeps_to_the_schema()
    {
        var whole = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var (ids, ended) = Decode(new Random(seed), steps: 120);
            Assert.Equal(ToolCall, ids[0]);
            if (!ended)
            {
                continue;
            }

            whole++;
            Assert.True(ToolCallJson.TryParse(Tokenizer.Decode([.. ids.Skip(1).SkipLast(1)]), out var calls, out var failure), failure?.Detail);
            Assert.All(calls, call =>
            {
                Assert.Equal("set_level", call.Name);
                Assert.Contains(call.Arguments.GetProperty("mode").GetString(), new[] { "fast", "slow" });
                Assert.True(call.Arguments.GetProperty("level").TryGetDouble(out _));
                Assert.All(call.Arguments.EnumerateObject(), a => Assert.Contains(a.Name, new[] { "mode", "level", "note" }));
            });
        }

        Assert.True(whole > 50, $"only {whole} answers came to their end");
    }

    [Fact]
    public void A_valid_choice_of_the_model_stands_and_the_name_has_a_confidence()
    {
        const string Answer = """[{"name":"set_level","arguments":{"level":3,"mode":"slow"}}]""";
        int[] wanted = [ToolCall, .. Tokenizer.Encode(Answer), End];
        var constraint = Constraint();

        foreach (var id in wanted)
        {
            var logits = new float[Tokenizer.VocabularySize];
            logits[id] = 9;
            Assert.Equal(id, constraint.Choose(logits));
            constraint.Feed(id);
        }

        Assert.InRange(constraint.NameConfidence!.Value, 0.5, 1);
    }

    static SchemaConstraint Constraint() => new(new SchemaRules(Tools, new ToolNames(Tools)), new TokenTexts(Tokenizer), ToolCall, End);

    // Closing tokens are liked, or random text would never end.
    static (List<int> Ids, bool Ended) Decode(Random random, int steps)
    {
        var constraint = Constraint();
        var closing = Enumerable.Range(0, Tokenizer.VocabularySize)
            .Where(id => Tokenizer.TokenText(id) is ['"', ..] or ['}', ..] or [']', ..] or ['{', ..]).Append(End).ToHashSet();
        var ids = new List<int>();
        for (var step = 0; step < steps; step++)
        {
            var logits = new float[Tokenizer.VocabularySize];
            for (var id = 0; id < logits.Length; id++)
            {
                logits[id] = (random.NextSingle() * 4) + (closing.Contains(id) ? 3 : 0);
            }

            var chosen = constraint.Choose(logits);
            ids.Add(chosen);
            if (chosen == End)
            {
                return (ids, true);
            }

            constraint.Feed(chosen);
        }

        return (ids, false);
    }
}
