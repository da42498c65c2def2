using System.Text.Json;
using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Tests.Scoring;

public class ScorerTests
{
    static readonly string Timer = """[{"name":"timer","arguments":{"minutes":[5]}}]""";

    [Fact]
    public void A_score_says_what_was_scored_and_survives_its_file_form()
    {
        var suite = Sample.Suite("s", Sample.Case(Timer, "s/1", "polite", "time", "tools:2"));
        var prediction = Sample.Answer("""[{"name":"timer","arguments":{"minutes":6}}]""", repeat: 3);

        var score = Assert.Single(Scorer.Score([suite], [prediction]));
        var line = JsonSerializer.Serialize(score, HarnessJson.Line);

        Assert.Equal(
            """
            {"model":"baseline:test","suite":"s","case":"s/1","repeat":3,"style":"polite","tags":["time","tools:2"],"exact":false,"errorClass":"wrong_value","schemaValid":true,"bfcl":{"valid":false,"errorType":"value_error:others"},
            "calls":[{"name":"timer","expected":0,"exact":false,"argumentsRight":false,"offered":true,"schemaValid":true,"arguments":[{"name":"minutes","verdict":"wrong_value"}]}],
            "tallies":{"exact_match":{"hits":0,"total":1},"call_f1":{"hits":0,"total":2},"name_f1":{"hits":2,"total":2},"argument_accuracy":{"hits":0,"total":1},"schema_validity":{"hits":1,"total":1},"parse_rate":{"hits":1,"total":1},"bfcl_accuracy":{"hits":0,"total":1},
            "needle_exact_match":{"hits":0,"total":1},"needle_name_precision":{"hits":1,"total":1},"needle_name_recall":{"hits":1,"total":1},"needle_name_f1":{"hits":2,"total":2},"needle_call_precision":{"hits":0,"total":1},"needle_call_recall":{"hits":0,"total":1},"needle_call_f1":{"hits":0,"total":2},"needle_argument_accuracy":{"hits":0,"total":1},"needle_invented_parameters":{"hits":0,"total":1},"needle_missing_parameters":{"hits":0,"total":1},"needle_value_accuracy":{"hits":0,"total":1},"needle_json_parse_rate":{"hits":1,"total":1}}}
            """.ReplaceLineEndings(""),
            line);
        Assert.Equal(line, JsonSerializer.Serialize(JsonSerializer.Deserialize<CaseScore>(line, HarnessJson.Line), HarnessJson.Line));
        Assert.Equal(prediction.Key, score.Key);
    }

    [Fact]
    public void Scores_stand_in_the_order_of_the_predictions()
    {
        var suites = new[] { Sample.Suite("a", Sample.Case(Timer, "a/1")), Sample.Suite("b", Sample.Case(Timer, "b/1"), Sample.Case("[]", "b/2")) };

        var scores = Scorer.Score(
            suites, [Sample.Answer("[]", "b/2", suite: "b"), Sample.Answer("[]", "a/1", suite: "a"), Sample.Answer("[]", "b/1", suite: "b")]);

        Assert.Equal(["b/2", "a/1", "b/1"], scores.Select(s => s.Case));
        Assert.Equal([true, false, false], scores.Select(s => s.Exact));
    }

    [Theory]
    [InlineData("s", "s/2", "'s/2'")]
    [InlineData("t", "s/1", "'t'")]
    public void A_case_that_no_suite_has_is_refused(string suite, string id, string named)
    {
        var suites = new[] { Sample.Suite("s", Sample.Case(Timer)) };

        var error = Assert.Throws<InputException>(() => Scorer.Score(suites, [Sample.Answer("[]", id, suite: suite)]));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_item_is_scored_once()
    {
        var suites = new[] { Sample.Suite("s", Sample.Case(Timer)) };

        Assert.Equal(2, Scorer.Score(suites, [Sample.Answer("[]"), Sample.Answer("[]", repeat: 1)]).Count);
        Assert.Throws<InputException>(() => Scorer.Score(suites, [Sample.Answer("[]"), Sample.Answer("[]")]));
    }

    [Fact]
    public void Calls_beside_an_error_count_for_nothing()
    {
        var prediction = Sample.Answer("""[{"name":"timer","arguments":{"minutes":5}}]""") with { Error = "lost the connection" };

        var score = Scorer.Score(PreparedCase.Of(Sample.Case(Timer)), prediction);

        Assert.False(score.Exact);
        Assert.Empty(score.Calls);
        Assert.Null(score.SchemaValid);
    }
}
