using System.Text.Json;
using NeedleBench.Harness.Bfcl;
using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;
using NeedleBench.Harness.Tests.Scoring;

namespace NeedleBench.Harness.Tests.Bfcl;

/// <summary>Our cases as Berkeley would hold them, and what the scores say of them.</summary>
public class SuiteViewTests
{
    const string Timer5 = """{"name":"timer","arguments":{"minutes":[5]}}""";

    [Theory]
    [InlineData("[]", 2, "irrelevance")]
    [InlineData($"[{Timer5}]", 1, "simple")]
    [InlineData($"[{Timer5}]", 2, "multiple")]
    [InlineData($"[{Timer5},{Timer5}]", 1, "parallel")]
    [InlineData($"[{Timer5},{Timer5}]", 2, "parallel_multiple")]
    public void The_category_follows_from_the_counts(string expected, int tools, string category)
    {
        var item = Sample.Case(expected);

        Assert.Equal(category, BfclCase.Of(item with { Tools = [.. item.Tools.Take(tools)] }).Category);
    }

    [Fact]
    public void A_schema_is_rewritten_in_Berkeleys_words()
    {
        var tools = ToolDefinitionJson.ParseList(
            """
            [{"name":"f","description":"d","parameters":{"type":"object","properties":{
              "a":{"type":"number","minimum":0},"b":{"type":"array","items":{"type":"number"}},"c":{"description":"free"},
              "d":{"type":"object","properties":{"e":{"type":["number","null"]}}},"g":{"type":"array"},
              "h":{"type":"array","items":{"type":"number"},"x-bfcl-type":"tuple"},"i":{"type":"string","enum":["x"]}}}}]
            """);

        AssertJson(
            """
            [{"name":"f","description":"d","parameters":{"type":"dict","properties":{
              "a":{"type":"float","minimum":0},"b":{"type":"array","items":{"type":"float"}},"c":{"description":"free","type":"any"},
              "d":{"type":"dict","properties":{"e":{"type":"float"}}},"g":{"type":"array","items":{"type":"any"}},
              "h":{"type":"tuple","items":{"type":"float"}},"i":{"type":"string","enum":["x"]}},"required":[]}}]
            """,
            BfclCase.Of(new SuiteCase("s/1", "q", tools, [], CaseStyles.None, [], 1)).Functions);
    }

    [Theory]
    [InlineData("""{"minutes":[5]}""", """{"minutes":[5]}""")]
    [InlineData("""{"label":["Tea","tea",null]}""", """{"label":["Tea","tea",""]}""")]
    [InlineData("""{"label":["",null]}""", """{"label":["",""]}""")]
    [InlineData("""{"box":[{"w":1,"n":{"d":2}}]}""", """{"box":[{"w":[1],"n":[{"d":2}]}]}""")]
    [InlineData("""{"box":[{"w":1,"h":1},{"w":2,"h":1},{"w":1},{"w":2}]}""", """{"box":[{"w":[1,2],"h":[1,""]}]}""")]
    [InlineData("""{"box":[{"w":1},{"w":1,"h":1}]}""", """{"box":[{"w":[1],"h":["",1]}]}""")]
    [InlineData("""{"box":[{"w":1,"h":1},{"w":2,"h":2}]}""", """{"box":[{"w":[1],"h":[1]},{"w":[2],"h":[2]}]}""")]
    [InlineData("""{"boxes":[[{"w":1},{"w":2}]]}""", """{"boxes":[[{"w":[1]},{"w":[2]}]]}""")]
    [InlineData("""{"sizes":[[2.5,4]]}""", """{"sizes":[[2.5,4],[0,null]]}""")]
    [InlineData("""{"sizes":[[4,2.5]]}""", """{"sizes":[[4,2.5]]}""")]
    public void Accepted_values_become_alternatives(string arguments, string alternatives)
    {
        var bfcl = BfclCase.Of(Wide($$"""[{"name":"pack","arguments":{{arguments}}}]"""));

        AssertJson($$"""[{"pack":{{alternatives}}}]""", bfcl.GroundTruth);
    }

    [Theory]
    [InlineData("[2.5,4]", true)]
    [InlineData("[2.5,4.0]", true)]
    [InlineData("[0,null]", false)]
    [InlineData("[0,0]", false)]
    [InlineData("[]", false)]
    public void Integers_among_floats_in_a_list_are_taken_and_nothing_else(string sizes, bool valid)
    {
        var bfcl = BfclCase.Of(Wide("""[{"name":"pack","arguments":{"sizes":[[2.5,4]]}}]"""));

        Assert.Equal(valid, BfclChecker.Check(bfcl, Sample.Calls($$$"""[{"name":"pack","arguments":{"sizes":{{{sizes}}}}}]""")).Valid);
    }

    // By hand: verdict and error type, then hits/total of Berkeley's accuracy, their irrelevance, and ours.
    [Theory]
    [InlineData($"[{Timer5}]", """[{"name":"timer","arguments":{"minutes":5}}]""", false, " 1/1 0/0 0/0")]
    [InlineData($"[{Timer5}]", """[{"name":"timer","arguments":{"minutes":5.0}}]""", false, "type_error:simple 0/1 0/0 0/0")]
    [InlineData($"[{Timer5}]", "[]", true, "ast_decoder:decoder_failed 0/1 0/0 0/0")]
    [InlineData("[]", "[]", false, " 1/1 1/1 1/1")]
    [InlineData("[]", "[]", true, " 1/1 1/1 0/1")]
    [InlineData("[]", """[{"name":"timer","arguments":{}}]""", false, "irrelevance_error:decoder_success 0/1 0/1 0/1")]
    public void Scores_carry_Berkeleys_verdict(string expected, string calls, bool unreadable, string said)
    {
        var prediction = Sample.Answer(calls) with { Failure = unreadable ? new ParseFailure(ParseFailureKind.Truncated, "d") : null };

        var score = Scorer.Score(PreparedCase.Of(Sample.Case(expected)), prediction);

        string Of(string metric) => score.Tallies.GetValueOrDefault(metric) is var t ? $"{t.Hits:F0}/{t.Total:F0}" : "";
        Assert.Equal(said, $"{score.Bfcl!.ErrorType} {Of(BfclAccuracy.Name)} {Of(IrrelevanceBfcl.Name)} {Of(Irrelevance.Name)}");
        Assert.Null(score.Bfcl.Message);
    }

    [Fact]
    public void An_imported_case_is_judged_by_the_ground_truth_it_brought()
    {
        var item = Sample.Case($"[{Timer5}]") with
        {
            Bfcl = new BfclOriginal("simple_python", JsonElement.Parse("""[{"timer":{"minutes":[6]}}]"""), default),
        };

        var score = Scorer.Score(PreparedCase.Of(item), Sample.Answer("""[{"name":"timer","arguments":{"minutes":6}}]"""));

        Assert.False(score.Exact);
        Assert.True(score.Bfcl!.Valid);
    }

    [Fact]
    public void Another_ground_truth_is_another_answer_to_the_hash()
    {
        var plain = Sample.Case($"[{Timer5}]");
        SuiteCase With(string truth) => plain with { Bfcl = new BfclOriginal("simple", JsonElement.Parse(truth), default) };

        var hashes = new[] { plain, With("""[{"timer":{"minutes":[5]}}]"""), With("""[{"timer":{"minutes":[6]}}]""") }
            .Select(item => SuiteHash.AnswerHash([item]));

        Assert.Equal(3, hashes.Distinct().Count());
    }

    static SuiteCase Wide(string expected) => Sample.Case(expected) with
    {
        Tools = ToolDefinitionJson.ParseList(
            """
            [{"name":"pack","description":"","parameters":{"type":"object","properties":{
              "minutes":{"type":"integer"},"label":{"type":"string"},"box":{"type":"object"},
              "boxes":{"type":"array","items":{"type":"object"}},"sizes":{"type":"array","items":{"type":"number"}}}}}]
            """),
    };

    static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), actual), actual.GetRawText());
}
