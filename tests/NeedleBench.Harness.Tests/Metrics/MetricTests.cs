using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Tests.Scoring;

namespace NeedleBench.Harness.Tests.Metrics;

public class MetricTests
{
    const string Timer5 = """{"name":"timer","arguments":{"minutes":5}}""";
    const string Timer6 = """{"name":"timer","arguments":{"minutes":6}}""";
    const string TimerBad = """{"name":"timer","arguments":{"minutes":"6"}}""";
    const string NoteX = """{"name":"note","arguments":{"text":"x"}}""";
    const string Siren = """{"name":"siren","arguments":{}}""";

    const string ExpectTimer = """[{"name":"timer","arguments":{"minutes":[5]}}]""";
    const string ExpectTwoTimers = """[{"name":"timer","arguments":{"minutes":[5]}},{"name":"timer","arguments":{"minutes":[6]}}]""";
    const string ExpectBoth = """[{"name":"timer","arguments":{"minutes":[5]}},{"name":"note","arguments":{"text":["x"]}}]""";

    // Each row counted by hand: hits/total of exact, call F1, name F1, argument accuracy, schema validity, irrelevance.
    [Theory]
    [InlineData(ExpectTimer, $"[{Timer5}]", "1/1 2/2 2/2 1/1 1/1 0/0")]
    [InlineData(ExpectTimer, $"[{Timer6}]", "0/1 0/2 2/2 0/1 1/1 0/0")]
    [InlineData(ExpectTimer, $"[{TimerBad}]", "0/1 0/2 2/2 0/1 0/1 0/0")]
    [InlineData(ExpectTimer, $"[{Timer5},{Timer5}]", "0/1 2/3 2/2 2/2 2/2 0/0")]
    [InlineData(ExpectTimer, $"[{Timer5},{NoteX}]", "0/1 2/3 2/3 1/1 2/2 0/0")]
    [InlineData(ExpectTimer, $"[{Siren}]", "0/1 0/2 0/2 0/0 0/1 0/0")]
    [InlineData(ExpectTimer, "[]", "0/1 0/1 0/1 0/0 0/0 0/0")]
    [InlineData(ExpectTwoTimers, $"[{Timer6},{Timer5}]", "1/1 4/4 2/2 2/2 2/2 0/0")]
    [InlineData(ExpectTwoTimers, $"[{Timer6}]", "0/1 2/3 2/2 1/1 1/1 0/0")]
    [InlineData(ExpectBoth, $"[{NoteX},{Timer6}]", "0/1 2/4 4/4 1/2 2/2 0/0")]
    [InlineData("[]", "[]", "1/1 0/0 0/0 0/0 0/0 1/1")]
    [InlineData("[]", $"[{Timer5}]", "0/1 0/1 0/1 0/0 1/1 0/1")]
    public void Tallies_are_those_counted_by_hand(string expected, string answer, string tallies)
    {
        var text = Measure(expected, Sample.Answer(answer));

        Assert.Equal($"{tallies} 1/1", text);
    }

    [Theory]
    [InlineData(ExpectTimer, "0/1 0/1 0/1 0/0 0/0 0/0 0/1")]
    [InlineData("[]", "0/1 0/0 0/0 0/0 0/0 0/1 0/1")]
    public void What_cannot_be_read_is_no_refusal_and_not_parsed(string expected, string tallies)
    {
        var unread = Sample.Answer("[]") with { Failure = new ParseFailure(ParseFailureKind.Truncated, "d") };

        Assert.Equal(tallies, Measure(expected, unread));
        Assert.Equal(tallies, Measure(expected, Sample.Answer("[]") with { Error = "it broke" }));
    }

    [Fact]
    public void The_table_names_every_metric_once()
    {
        Assert.Equal(MetricTable.All.Count, MetricTable.All.Select(m => m.Name).Distinct().Count());
        Assert.All(MetricTable.All, m => Assert.Equal('.', m.Definition[^1]));
    }

    static string Measure(string expected, Prediction prediction)
    {
        var score = Scorer.Score(PreparedCase.Of(Sample.Case(expected)), prediction);
        return string.Join(' ', new[]
        {
            ExactMatch.Name, CallF1.Name, NameF1.Name, ArgumentAccuracy.Name, SchemaValidity.Name, Irrelevance.Name, ParseRate.Name,
        }.Select(name => score.Tallies.GetValueOrDefault(name)).Select(t => $"{t.Hits:F0}/{t.Total:F0}"));
    }
}
