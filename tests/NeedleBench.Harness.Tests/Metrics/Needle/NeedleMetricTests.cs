using NeedleBench.Harness.Metrics.Needle;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Tests.Scoring;

namespace NeedleBench.Harness.Tests.Metrics.Needle;

public class NeedleMetricTests
{
    const string Timer5 = """{"name":"timer","arguments":{"minutes":5}}""";
    const string Timer6 = """{"name":"timer","arguments":{"minutes":6}}""";
    const string NoteX = """{"name":"note","arguments":{"text":"x"}}""";
    const string Siren = """{"name":"siren","arguments":{"pitch":1}}""";

    const string ExpectTimer = """[{"name":"timer","arguments":{"minutes":[5]}}]""";
    const string ExpectNote = """[{"name":"note","arguments":{"text":["Milk","tea"],"list":["shop",null]}}]""";
    const string ExpectTwoTimers = """[{"name":"timer","arguments":{"minutes":[5]}},{"name":"timer","arguments":{"minutes":[6]}}]""";
    const string ExpectCrossed = """[{"name":"timer","arguments":{"minutes":[5,6]}},{"name":"timer","arguments":{"minutes":[5]}}]""";

    // Each row counted by hand after Needle's evaluation: exact match; names shared of predicted and of expected; calls
    // likewise; arguments right; parameters invented, missing; values right.
    [Theory]
    [InlineData(ExpectTimer, $"[{Timer5}]", "1/1 1/1 1/1 1/1 1/1 1/1 0/1 0/1 1/1")]
    [InlineData(ExpectTimer, $"[{Timer6}]", "0/1 1/1 1/1 0/1 0/1 0/1 0/1 0/1 0/1")]
    [InlineData(ExpectTimer, $"[{Timer5},{Timer5}]", "0/1 1/1 1/1 1/1 1/1 2/2 0/2 0/2 2/2")]
    [InlineData(ExpectTimer, $"[{Timer5},{NoteX}]", "0/1 1/2 1/1 1/2 1/1 1/1 0/2 0/1 1/1")]
    [InlineData(ExpectTimer, $"[{Siren}]", "0/1 0/1 0/1 0/1 0/1 0/0 0/0 0/0 0/0")]
    [InlineData(ExpectTimer, "[]", "0/1 0/0 0/1 0/0 0/1 0/0 0/0 0/0 0/0")]
    [InlineData(ExpectTimer, """[{"name":"Timer","arguments":{"minutes":5}}]""", "1/1 1/1 1/1 1/1 1/1 1/1 0/1 0/1 1/1")]
    [InlineData(ExpectTimer, """[{"name":"timer","arguments":{"hours":5}}]""", "0/1 1/1 1/1 0/1 0/1 0/1 1/1 1/1 0/0")]
    [InlineData(ExpectTimer, """[{"name":"timer","arguments":{"minutes":4,"minutes":5}}]""", "1/1 1/1 1/1 1/1 1/1 1/1 0/1 0/1 1/1")]
    [InlineData(ExpectTwoTimers, $"[{Timer6},{Timer5}]", "1/1 1/1 1/1 2/2 2/2 2/2 0/2 0/2 1/2")] // 6 is held against the first, 5.
    [InlineData(ExpectCrossed, $"[{Timer5},{Timer6}]", "1/1 1/1 1/1 2/2 2/2 2/2 0/2 0/2 2/2")]
    [InlineData(ExpectNote, """[{"name":"note","arguments":{"text":"milk "}}]""", "1/1 1/1 1/1 1/1 1/1 1/1 0/1 0/1 1/1")]
    [InlineData(ExpectNote, """[{"name":"note","arguments":{"list":"Shop","text":"TEA"}}]""", "1/1 1/1 1/1 1/1 1/1 1/1 0/2 0/2 2/2")]
    [InlineData(ExpectNote, """[{"name":"note","arguments":{"text":"tea","list":"work"}}]""", "0/1 1/1 1/1 0/1 0/1 0/1 0/2 0/1 1/1")]
    [InlineData(ExpectNote, """[{"name":"note","arguments":{"list":"shop"}}]""", "0/1 1/1 1/1 0/1 0/1 0/1 0/1 1/2 1/1")]
    [InlineData("[]", "[]", "1/1 0/0 0/0 0/0 0/0 0/0 0/0 0/0 0/0")]
    [InlineData("[]", $"[{Timer5}]", "0/1 0/1 0/0 0/1 0/0 0/0 0/1 0/0 0/0")]
    public void Tallies_are_those_counted_by_hand(string expected, string answer, string tallies) =>
        Assert.Equal($"{tallies} 1/1", Measure(expected, Sample.Answer(answer)));

    [Theory]
    [InlineData(ParseFailureKind.Empty, "", "1/1 0/0 0/0 0/0 0/0 0/0 0/0 0/0 0/0 0/1")]
    [InlineData(ParseFailureKind.NotJson, "hello", "0/1 0/0 0/0 0/0 0/0 0/0 0/0 0/0 0/0 0/1")]
    [InlineData(ParseFailureKind.Truncated, "[", "0/1 0/0 0/0 0/0 0/0 0/0 0/0 0/0 0/0 0/1")]
    [InlineData(ParseFailureKind.NotACallList, "5", "0/1 0/0 0/0 0/0 0/0 0/0 0/0 0/0 0/0 1/1")]
    [InlineData(ParseFailureKind.NotACallList, "call(5)", "0/1 0/0 0/0 0/0 0/0 0/0 0/0 0/0 0/0 0/1")]
    [InlineData(ParseFailureKind.NotACallList, Timer5, "0/1 0/1 0/0 0/1 0/0 0/0 0/1 0/0 0/0 1/1")]
    public void An_unreadable_refusal_is_counted_as_Needle_counts_it(ParseFailureKind kind, string text, string tallies) =>
        Assert.Equal(tallies, Measure("[]", Unread(kind, text)));

    [Theory]
    [InlineData(ParseFailureKind.NotACallList, Timer5, "1/1 1/1 1/1 1/1 1/1 1/1 0/1 0/1 1/1 1/1")]
    [InlineData(ParseFailureKind.NotACall, $"[{Timer5},7]", "0/1 1/1 1/1 1/1 1/1 1/1 0/1 0/1 1/1 1/1")]
    [InlineData(ParseFailureKind.NotACall, """[{"name":"timer"}]""", "0/1 1/1 1/1 0/1 0/1 0/1 0/0 1/1 0/0 1/1")]
    [InlineData(ParseFailureKind.NotACall, """[{"arguments":{"minutes":5}}]""", "0/1 0/0 0/1 0/1 0/1 0/0 0/0 0/0 0/0 1/1")]
    [InlineData(ParseFailureKind.Empty, "", "0/1 0/0 0/1 0/0 0/1 0/0 0/0 0/0 0/0 0/1")]
    public void What_Needle_reads_and_we_do_not_is_counted_as_Needle_reads_it(ParseFailureKind kind, string text, string tallies) =>
        Assert.Equal(tallies, Measure(ExpectTimer, Unread(kind, text)));

    [Fact]
    public void An_error_of_the_model_is_no_refusal() =>
        Assert.Equal(
            "0/1 0/0 0/0 0/0 0/0 0/0 0/0 0/0 0/0 0/1", Measure("[]", Sample.Answer("[]") with { Error = "it broke" }));

    [Fact]
    public void F1_has_both_sides_in_its_total()
    {
        var tallies = Score(ExpectTwoTimers, Sample.Answer($"[{Timer6},{NoteX},{Siren}]")).Tallies;

        Assert.Equal((2, 4), (tallies[NeedleNameF1.Name].Hits, tallies[NeedleNameF1.Name].Total));
        Assert.Equal((2, 5), (tallies[NeedleCallF1.Name].Hits, tallies[NeedleCallF1.Name].Total));
    }

    static Prediction Unread(ParseFailureKind kind, string text) =>
        Sample.Answer("[]") with { Text = text, Failure = new ParseFailure(kind, "d") };

    static CaseScore Score(string expected, Prediction prediction) =>
        Scorer.Score(PreparedCase.Of(Sample.Case(expected)), prediction);

    static string Measure(string expected, Prediction prediction)
    {
        var tallies = Score(expected, prediction).Tallies;
        return string.Join(' ', new[]
        {
            NeedleExactMatch.Name, NeedleNamePrecision.Name, NeedleNameRecall.Name, NeedleCallPrecision.Name, NeedleCallRecall.Name,
            NeedleArgumentAccuracy.Name, NeedleInventedParameters.Name, NeedleMissingParameters.Name, NeedleValueAccuracy.Name,
            NeedleJsonParseRate.Name,
        }.Select(name => tallies.GetValueOrDefault(name)).Select(t => $"{t.Hits:F0}/{t.Total:F0}"));
    }
}
