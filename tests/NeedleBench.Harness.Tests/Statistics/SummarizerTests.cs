using System.Text.Json;
using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.PeakMemory;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Statistics;
using NeedleBench.Harness.Suites;
using NeedleBench.Harness.Tests.Scoring;

namespace NeedleBench.Harness.Tests.Statistics;

public class SummarizerTests
{
    const string Right = """[{"name":"timer","arguments":{"minutes":5}}]""";
    const string Wrong = """[{"name":"timer","arguments":{"minutes":6}}]""";
    const string ExpectTimer = """[{"name":"timer","arguments":{"minutes":[5]}}]""";

    static readonly Suite A = Sample.Suite(
        "a", Sample.Case(ExpectTimer, "a/1", "terse", "tools:10"), Sample.Case(ExpectTimer, "a/2", "polite", "tools:2", "time"));

    static readonly Suite B = Sample.Suite("b", Sample.Case("[]", "b/1", "none"));

    [Fact]
    public void Repeats_are_averaged_before_the_interval()
    {
        // Case 1: right in 3 of 4; case 2: in none of 4. Two cases, not eight.
        var group = Summarize(
            [.. Enumerable.Range(0, 4).Select(r => Answer(r < 3 ? Right : Wrong, "a/1", r)),
             .. Enumerable.Range(0, 4).Select(r => Answer(Wrong, "a/2", r))]).Overall;

        var exact = group.Metrics[ExactMatch.Name];
        Assert.Equal((2, 4, 8), (group.Cases, group.Repeats, group.Predictions));
        Assert.Equal((0.375, 0.75, 2.0, 2), (exact.Value, exact.Hits, exact.Total, exact.Cases));
        Assert.Equal(Wilson.Of(0.75, 2), exact.Interval);
    }

    [Fact]
    public void Groups_split_the_cases_and_suites_weigh_equally_in_the_mean()
    {
        var model = Summarize([Answer(Right, "a/1"), Answer(Wrong, "a/2"), Answer("[]", "b/1", suite: "b")]);

        Assert.Equal(2.0 / 3, model.Overall.Metrics[ExactMatch.Name].Value);
        Assert.Equal(0.75, model.SuiteMeans[ExactMatch.Name]);
        Assert.Equal(["a", "b"], model.Suites.Keys);
        Assert.Equal([0.5, 1.0], model.Suites.Values.Select(g => g.Metrics[ExactMatch.Name].Value));
        Assert.Equal(["terse", "polite", "none"], model.Styles.Keys);
        Assert.Equal([1.0, 0.0, 1.0], model.Styles.Values.Select(g => g.Metrics[ExactMatch.Name].Value));
        Assert.Equal(["tools:2", "tools:10"], model.Tags.Keys);
        Assert.Equal(1, model.Overall.Metrics[Irrelevance.Name].Cases);
        Assert.Null(model.Suites["a"].Metrics[Irrelevance.Name].Value);
        Assert.Equal(1, model.SuiteMeans[Irrelevance.Name]);
    }

    [Fact]
    public void A_model_s_dialect_fingerprints_are_named_once_each()
    {
        var items = new[] { Answer(Right, "a/1") with { DialectFingerprint = "b" }, Answer(Wrong, "a/2") with { DialectFingerprint = "a" } };

        Assert.Equal(["a", "b"], Summarize([.. items, Answer(Right, "b/1", suite: "b") with { DialectFingerprint = "b" }]).DialectFingerprints);
        Assert.Null(Summarize([Answer(Right, "a/1")]).DialectFingerprints);
    }

    [Fact]
    public void Memory_is_what_a_model_took_above_the_empty_process_and_absent_where_nobody_measured()
    {
        var answer = Answer(Right, "a/1");
        var scores = Scorer.Score([A, B], [answer]);
        var measured = new MemoryMeasurement { Model = answer.Model, Fingerprint = "", PeakResidentBytes = 170, EmptyResidentBytes = 50, Requests = 5 };

        Assert.Equal(120, Assert.Single(Summarizer.Summarize(scores, [answer], [measured]).Models).PeakMemoryBytes);
        var without = Summarizer.Summarize(scores, [answer], [measured with { Model = "other" }]);
        Assert.Null(Assert.Single(without.Models).PeakMemoryBytes);
        Assert.DoesNotContain("peakMemory", Json(without), StringComparison.Ordinal);
    }

    [Fact]
    public void Call_f1_is_a_ratio_of_sums()
    {
        // 2·1 over (1+1) + (1+1) + nothing for the refusal.
        var f1 = Summarize([Answer(Right, "a/1"), Answer(Wrong, "a/2"), Answer("[]", "b/1", suite: "b")]).Overall.Metrics[CallF1.Name];

        Assert.Equal((0.5, 2.0, 4.0, 2), (f1.Value, f1.Hits, f1.Total, f1.Cases));
        Assert.Equal(Bootstrap.Ratio([2, 0], [2, 2]), f1.Interval);
    }

    [Fact]
    public void Errors_are_counted_and_left_out_of_the_times()
    {
        var group = Summarize(
            [
                Answer(Right, "a/1") with { Timing = new(100, 10, 0.2, 0.1, 0.21), AllocatedBytes = 1000 },
                Answer(Right, "a/2") with { Timing = new(300, 30, 0.2, 0.3, 0.23), AllocatedBytes = 3000 },
                Answer("[]", "b/1", suite: "b") with { Error = "no", Timing = new(9999, 9999, 99, 99, 99), AllocatedBytes = 99 },
            ]).Overall;

        Assert.Equal(1, group.Errors);
        Assert.Equal([KeyValuePair.Create(ErrorClass.None, 2), KeyValuePair.Create(ErrorClass.ModelError, 1)], group.ErrorClasses);
        var performance = group.Performance;
        Assert.Equal(2, performance.Calls);
        Assert.Equal(400, performance.LatencyP50Ms!.Value, 1e-9);
        Assert.Equal(480, performance.LatencyP90Ms!.Value, 1e-9);
        Assert.Equal(498, performance.LatencyP99Ms!.Value, 1e-9);
        Assert.Equal(220, performance.TimeToFirstTokenP50Ms!.Value, 1e-9);
        Assert.Equal(1000, performance.PrefillTokensPerSecond!.Value, 1e-9);
        Assert.Equal(100, performance.DecodeTokensPerSecond!.Value, 1e-9);
        Assert.Equal(2000, performance.AllocatedBytesPerCall!.Value);
    }

    [Fact]
    public void What_was_not_measured_is_absent_and_not_zero()
    {
        var performance = Summarize([Answer(Right, "a/1") with { Timing = new(0, 0, 0.001, 0, 0) }]).Overall.Performance;

        Assert.Null(performance.TimeToFirstTokenP50Ms);
        Assert.Null(performance.PrefillTokensPerSecond);
        Assert.Null(performance.DecodeTokensPerSecond);
        Assert.Equal(1, performance.LatencyP50Ms!.Value, 1e-9);
        Assert.Null(Summarize([Answer("[]", "a/1") with { Error = "no" }]).Overall.Performance.LatencyP50Ms);
    }

    [Fact]
    public void The_order_of_the_lines_changes_nothing()
    {
        Prediction[] predictions =
        [
            Answer(Right, "a/1"), Answer(Wrong, "a/1", 1), Answer(Wrong, "a/2"), Answer("[]", "a/2", 1), Answer(Right, "b/1", suite: "b"),
        ];

        Assert.Equal(Json(Summarize(predictions)), Json(Summarize([.. predictions.Reverse()])));
    }

    [Fact]
    public void A_score_without_its_prediction_is_refused()
    {
        var scores = Scorer.Score([A, B], [Answer(Right, "a/1")]);

        Assert.Throws<InputException>(() => Summarizer.Summarize(scores, []));
    }

    [Fact]
    public void The_files_hold_what_was_written_and_nothing_is_left_beside_them()
    {
        using var folder = new TemporaryFolder();
        Prediction[] predictions = [Answer(Right, "a/1"), Answer("[]", "b/1", suite: "b") with { Error = "no" }];
        var scores = Scorer.Score([A, B], predictions);
        var summary = Summarizer.Summarize(scores, predictions);
        File.WriteAllText(folder.File("scores.jsonl"), "an older and much longer file\n\n\n");

        ScoreFiles.Write(folder.Path, scores, summary);

        Assert.Equal(["scores.jsonl", "summary.json"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(scores.Select(Json), File.ReadAllLines(folder.File("scores.jsonl")));
        Assert.Equal(scores.Select(Json), ScoreFiles.ReadScores(folder.Path).Select(Json));
        Assert.Equal(Json(summary), Json(ScoreFiles.ReadSummary(folder.Path)));
        Assert.Contains("\"errorClasses\": {\n          \"none\": 1,\n          \"model_error\": 1\n", File.ReadAllText(folder.File("summary.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_whole()
    {
        using var folder = new TemporaryFolder();
        var summary = new Summary { Models = [] };
        ScoreFiles.Write(folder.Path, [], summary);
        File.WriteAllText(folder.File("scores.jsonl"), "old\n");

        Assert.Throws<InvalidOperationException>(() => ScoreFiles.Write(folder.Path, Broken(), summary));

        Assert.Equal("old\n", File.ReadAllText(folder.File("scores.jsonl")));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);

        static IEnumerable<CaseScore> Broken()
        {
            yield return Scorer.Score(PreparedCase.Of(A.Cases[0]), Answer(Right, "a/1"));
            throw new InvalidOperationException("in the middle");
        }
    }

    [Fact]
    public void Files_that_cannot_be_read_are_named_with_their_line()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<InputException>(() => ScoreFiles.ReadScores(folder.Path));
        Assert.Throws<InputException>(() => ScoreFiles.ReadSummary(folder.Path));
        Assert.Throws<InputException>(() => ScoreFiles.Write(folder.File("none"), [], new Summary { Models = [] }));

        File.WriteAllText(folder.File("scores.jsonl"), Json(Scorer.Score(PreparedCase.Of(A.Cases[0]), Answer(Right, "a/1"))) + "\n{\n");
        File.WriteAllText(folder.File("summary.json"), "{\n\"models\": 3}");

        Assert.Equal(2, Assert.Throws<InputException>(() => ScoreFiles.ReadScores(folder.Path).ToList()).Line);
        Assert.Equal(2, Assert.Throws<InputException>(() => ScoreFiles.ReadSummary(folder.Path)).Line);
    }

    static Prediction Answer(string calls, string id, int repeat = 0, string suite = "a") => Sample.Answer(calls, id, repeat, suite);

    static ModelSummary Summarize(params Prediction[] predictions) =>
        Assert.Single(Summarizer.Summarize(Scorer.Score([A, B], predictions), predictions).Models);

    static string Json<T>(T value) => JsonSerializer.Serialize(value, HarnessJson.Line);
}
