using System.Text.Json;
using NeedleBench.Harness.Comparison;
using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Statistics;
using NeedleBench.Harness.Suites;
using NeedleBench.Harness.Tests.Scoring;

namespace NeedleBench.Harness.Tests.Comparison;

public class PairedComparisonTests
{
    const string Right = """[{"name":"timer","arguments":{"minutes":5}}]""";
    const string Wrong = """[{"name":"timer","arguments":{"minutes":6}}]""";
    const string ExpectTimer = """[{"name":"timer","arguments":{"minutes":[5]}}]""";

    static readonly Suite[] Suites =
    [
        Sample.Suite("a", [.. Enumerable.Range(0, 8).Select(i => Sample.Case(ExpectTimer, $"a/{i}"))]),
        Sample.Suite("b", [.. Enumerable.Range(0, 3).Select(i => Sample.Case(ExpectTimer, $"b/{i}"))]),
    ];

    [Fact]
    public void Cases_are_counted_by_who_got_them_right()
    {
        var result = Compare(Scores("a", "01001101") + Scores("b", "101"), Scores("a", "11111111", "new") + Scores("b", "011", "new"));

        Assert.Equal(("old", "new", 11), (result.BaselineModel, result.CandidateModel, result.Cases));
        Assert.Equal(new Discordance(BothRight: 5, OnlyBaseline: 1, OnlyCandidate: 5, BothWrong: 0), result.ExactMatch);
        Assert.Equal(14.0 / 64, result.ExactMatch.PValue, 1e-12); // 2·(1 + 6)/2⁶
        Assert.Equal(["a", "b"], result.Suites.Keys);
        Assert.Equal(new Discordance(4, 0, 4, 0), result.Suites["a"].ExactMatch);
        Assert.Equal(0.125, result.Suites["a"].ExactMatch.PValue, 1e-12); // 2/2⁴
        Assert.Equal(0.25, result.Suites["a"].AdjustedPValue, 1e-12);
        Assert.Equal(new Discordance(1, 1, 1, 0), result.Suites["b"].ExactMatch);
        Assert.Equal(1, result.Suites["b"].AdjustedPValue);
    }

    [Fact]
    public void Metrics_differ_by_the_paired_bootstrap_over_suites()
    {
        var result = Compare(Scores("a", "01001101") + Scores("b", "101"), Scores("a", "11111111", "new") + Scores("b", "011", "new"));

        var f1 = result.Metrics[CallF1.Name];
        Assert.Equal((6.0 / 11, 10.0 / 11, 11, true), (f1.Baseline, f1.Candidate, f1.Cases, f1.HigherIsBetter));
        Assert.Equal(MetricTable.All.Select(m => m.Name), result.Metrics.Keys);
        var drawn = PairedBootstrap.Difference(
            [Pairs("01001101", "11111111"), Pairs("101", "011")]);
        Assert.Equal(drawn.Difference!.Value, f1.Difference!.Value, 1e-12);
        Assert.Equal(drawn.Interval, f1.Interval);
        var irrelevance = result.Metrics[Irrelevance.Name];
        Assert.Equal(new MetricDifference(null, null, null, null, true, 0), irrelevance);
        Assert.Equal(0, result.Metrics[ParseRate.Name].Difference);
    }

    [Fact]
    public void Cases_that_only_one_side_has_are_named_and_count_for_nothing()
    {
        var result = Compare(Scores("a", "111"), Scores("a", "0?1?1", "new") + Scores("b", "1", "new"));

        Assert.Equal(2, result.Cases);
        Assert.Equal([new("a", "a/1")], result.OnlyInBaseline);
        Assert.Equal([new("a", "a/4"), new("b", "b/0")], result.OnlyInCandidate);
        Assert.Equal(new Discordance(1, 1, 0, 0), result.ExactMatch);
        Assert.Equal(0.5, result.Metrics[ExactMatch.Name].Candidate);
        Assert.Equal(["a"], result.Suites.Keys);
    }

    [Fact]
    public void Repeats_are_averaged_and_a_tie_is_not_right()
    {
        // Baseline: 1 of 2 and 2 of 3 right; candidate: 1 of 1 and 1 of 3.
        List<CaseScore> old =
        [
            Score("a/0", 0, Right), Score("a/0", 1, Wrong), Score("a/1", 0, Right), Score("a/1", 1, Right), Score("a/1", 2, Wrong),
        ];
        List<CaseScore> now =
        [
            Score("a/0", 0, Right), Score("a/1", 0, Wrong), Score("a/1", 1, Wrong), Score("a/1", 2, Right),
        ];

        var result = PairedComparison.Compare(old, now);

        Assert.Equal(new Discordance(0, OnlyBaseline: 1, OnlyCandidate: 1, 0), result.ExactMatch);
        var exact = result.Metrics[ExactMatch.Name];
        Assert.Equal((0.5 + (2.0 / 3)) / 2, exact.Baseline!.Value, 1e-12);
        Assert.Equal((1 + (1.0 / 3)) / 2, exact.Candidate!.Value, 1e-12);
    }

    [Fact]
    public void The_order_of_the_scores_changes_nothing_and_the_file_form_keeps_all()
    {
        var (old, now) = (Scores("a", "01001101") + Scores("b", "101"), Scores("a", "1110?111", "new") + Scores("b", "011", "new"));
        var line = Json(Compare(old, now));

        Assert.Equal(line, Json(PairedComparison.Compare(Enumerable.Reverse(old.Items), Enumerable.Reverse(now.Items))));
        Assert.Equal(line, Json(JsonSerializer.Deserialize<ComparisonResult>(line, HarnessJson.Line)!));
        Assert.Contains("\"onlyCandidate\":", line, StringComparison.Ordinal);
        Assert.Contains("\"pValue\":", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1, 0.2, true, 1)]
    [InlineData(-0.2, -0.1, true, -1)]
    [InlineData(0.1, 0.2, false, -1)]
    [InlineData(-0.2, -0.1, false, 1)]
    [InlineData(0, 0.2, true, 0)]
    [InlineData(-0.2, 0.1, false, 0)]
    public void A_gain_or_loss_is_one_whose_interval_leaves_out_0(double low, double high, bool higherIsBetter, int direction) =>
        Assert.Equal(direction, new MetricDifference(0.5, 0.6, 0.1, new Interval(low, high), higherIsBetter, 9).Direction);

    [Fact]
    public void A_model_is_picked_by_its_spec_and_asked_for_where_there_are_several()
    {
        var both = (Scores("a", "01") + Scores("a", "11", "new")).Items;

        Assert.Equal(["new", "new"], PairedComparison.OfModel(both, "new").Select(s => s.Model));
        Assert.Equal(2, PairedComparison.OfModel(Scores("a", "01").Items, null).Count);
        Assert.Contains("new, old", Assert.Throws<InputException>(() => PairedComparison.OfModel(both, null)).Mend, StringComparison.Ordinal);
        Assert.Contains("'x'", Assert.Throws<InputException>(() => PairedComparison.OfModel(both, "x")).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => PairedComparison.OfModel([], null));
        Assert.Throws<InputException>(() => PairedComparison.Compare(both, both));
    }

    [Fact]
    public void Runs_without_a_case_in_common_are_refused() =>
        Assert.Throws<InputException>(() => Compare(Scores("a", "1"), Scores("b", "1", "new")));

    static ComparisonResult Compare(ScoreList old, ScoreList now) => PairedComparison.Compare(old.Items, now.Items);

    static PairedTally[] Pairs(string old, string now) =>
        [.. old.Zip(now, (o, n) => new PairedTally(new Tally(2 * (o - '0'), 2), new Tally(2 * (n - '0'), 2)))];

    /// <summary>One case a letter: 1 right, 0 wrong, ? not answered.</summary>
    static ScoreList Scores(string suite, string right, string model = "old") => new(
        [.. right.Index().Where(c => c.Item != '?').Select(c => Score($"{suite}/{c.Index}", 0, c.Item == '1' ? Right : Wrong, suite, model))]);

    static CaseScore Score(string id, int repeat, string answer, string suite = "a", string model = "old") =>
        Scorer.Score(Suites, [Sample.Answer(answer, id, repeat, suite, model)])[0];

    static string Json(ComparisonResult result) => JsonSerializer.Serialize(result, HarnessJson.Line);

    sealed record ScoreList(IReadOnlyList<CaseScore> Items)
    {
        public static ScoreList operator +(ScoreList a, ScoreList b) => new([.. a.Items, .. b.Items]);
    }
}
