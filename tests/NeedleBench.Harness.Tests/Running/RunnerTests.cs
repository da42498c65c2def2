using System.Text.Json;
using NeedleBench.Harness.Running;

namespace NeedleBench.Harness.Tests.Running;

public sealed class RunnerTests : IDisposable
{
    readonly RunFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Opens_each_model_up_front_then_asks_model_by_model_after_unrecorded_warm_ups()
    {
        var outcome = await _fixture.Run(_fixture.Request(options: new RunOptions { Warmups = 3, MaxOutputTokens = 9 }));

        Assert.Equal(new RunOutcome(8, 0, 8, 0, false), outcome);
        Assert.True(outcome.IsComplete);
        Assert.Equal(
            [
                "open x", "close x", "open y", "close y",
                "open x", "x: a1 (9)", "x: a2 (9)", "x: b1 (9)", "x: a1 (9)", "x: a2 (9)", "x: b1 (9)", "x: b2 (9)", "close x",
                "open y", "y: a1 (9)", "y: a2 (9)", "y: b1 (9)", "y: a1 (9)", "y: a2 (9)", "y: b1 (9)", "y: b2 (9)", "close y",
            ],
            _fixture.Models.Diary);
        Assert.Equal(8, File.ReadAllLines(_fixture.Predictions).Length);
    }

    [Fact]
    public async Task Opens_a_single_model_once()
    {
        await _fixture.Run(_fixture.Request(options: new RunOptions { Warmups = 0, CasesPerSuite = 1 }, models: "fake:x"));
        Assert.Equal(["open x", "x: a1", "x: b1", "close x"], _fixture.Models.Diary);
    }

    [Fact]
    public async Task Records_everything_measured_and_reads_it_back()
    {
        var request = _fixture.Request(options: new RunOptions { CasesPerSuite = 1 }, models: "fake:x");
        await _fixture.Run(request);

        var (description, predictions) = RunReader.Read(_fixture.RunFolder);
        Assert.Equal(("r1", 1, 1, 1), (description.Name, description.Repeats, description.Warmups, description.CasesPerSuite));
        Assert.Equal((RunFixture.Now, RunFixture.Now), (description.StartedAt, description.FinishedAt));
        Assert.Equal(_fixture.Machine, description.Machine);
        Assert.Equal(new ModelInfo("x", "fake:x", "fp32", "f0") { Parameters = 5 }, Assert.Single(description.Models));
        Assert.Equal([("a", 1), ("b", 1)], description.Suites.Select(suite => (suite.Name, suite.Cases)));
        Assert.Equal(RunFixture.Planned(request), predictions.Select(prediction => prediction.Key));
        var first = predictions[0];
        Assert.Equal("I say\n\u2028 six", first.Text);
        Assert.Equal("""{"time":"six","n":1.50}""", Assert.Single(first.Calls).Arguments.GetRawText());
        Assert.Equal(new GenerationTiming(7, 3, 0.25, 0.5, 0.3), first.Timing);
        Assert.Equal(0.75, first.Confidence);
        Assert.Equal("d1a1", first.DialectFingerprint);
        Assert.True(first.AllocatedBytes > 0);
        Assert.Null(first.Error);
        using var line = JsonDocument.Parse(File.ReadLines(_fixture.Predictions).First());
        Assert.Equal(
            """[{"name":"set_alarm","arguments":{"time":"six","n":1.50}}]""", line.RootElement.GetProperty("calls").GetRawText());
        Assert.False(line.RootElement.GetProperty("timing").TryGetProperty("totalSeconds", out _));
    }

    [Fact]
    public async Task Reads_predictions_from_before_there_were_dialect_fingerprints()
    {
        await _fixture.Run(_fixture.Request());
        var lines = await File.ReadAllTextAsync(_fixture.Predictions);
        await File.WriteAllTextAsync(_fixture.Predictions, lines.Replace("\"dialectFingerprint\":\"d1a1\",", "", StringComparison.Ordinal));
        Assert.DoesNotContain("dialectFingerprint", await File.ReadAllTextAsync(_fixture.Predictions), StringComparison.Ordinal);

        var predictions = RunReader.Read(_fixture.RunFolder).Predictions;

        Assert.Equal(16, predictions.Count);
        Assert.All(predictions, p => Assert.Null(p.DialectFingerprint));
    }

    [Fact]
    public async Task Records_a_parse_failure_as_an_answer()
    {
        _fixture.Models.Answer = (_, _) => new ToolCallResponse
        {
            RawText = "",
            Timing = default,
            Failure = new ParseFailure(ParseFailureKind.NotACallList, "d"),
        };
        var outcome = await _fixture.Run(_fixture.Request());
        Assert.Equal(0, outcome.Errors);
        Assert.Contains("\"kind\":\"not_a_call_list\"", File.ReadLines(_fixture.Predictions).First(), StringComparison.Ordinal);
        Assert.All(RunReader.Read(_fixture.RunFolder).Predictions, p => Assert.Equal(ParseFailureKind.NotACallList, p.Failure!.Kind));
    }

    [Fact]
    public async Task Records_a_failing_model_and_goes_on()
    {
        // Call 0 is the warm-up.
        _fixture.Models.Answer = (_, call) => call switch
        {
            0 => throw new TimeoutException("cold"),
            2 => throw new InvalidOperationException("first line\r\nsecond"),
            3 => throw new OperationCanceledException("not by us"),
            4 => FakeModels.Alarm("x") with { Confidence = double.NaN },
            5 => FakeModels.Alarm("x") with { Calls = [new ToolCall("t", default)] },
            6 => null!,
            _ => FakeModels.Alarm("y"),
        };

        var outcome = await _fixture.Run(_fixture.Request(models: "fake:x"));

        Assert.Equal(new RunOutcome(8, 0, 3, 5, false), outcome);
        var errors = RunReader.Read(_fixture.RunFolder).Predictions.Select(prediction => prediction.Error).ToList();
        Assert.Equal([null, "InvalidOperationException: first line second", "OperationCanceledException: not by us"], errors.Take(3));
        Assert.All(errors.Skip(3).Take(3), Assert.NotNull);
        Assert.Equal([null, null], errors.Skip(6));
        Assert.Equal(8, File.ReadAllLines(_fixture.Predictions).Length);
    }

    [Fact]
    public async Task Tells_its_observer_what_is_on_record()
    {
        var observer = new Diary(_fixture);
        await _fixture.Run(_fixture.Request(options: new RunOptions { CasesPerSuite = 1 }), observer);
        Assert.Equal(
            [
                "started 0/4, on record 0", "opened fake:x", "completed 1/4, on record 1", "completed 2/4, on record 2",
                "opened fake:y", "completed 3/4, on record 3", "completed 4/4, on record 4",
            ],
            observer.Lines);
    }

    [Fact]
    public async Task Fails_before_the_first_call_where_a_model_does_not_open_and_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<InputException>(() => _fixture.Run(_fixture.Request(models: ["fake:x", "fake:broken"])));
        Assert.Equal(["open x", "close x"], _fixture.Models.Diary);
        await Assert.ThrowsAsync<InputException>(() => _fixture.Run(_fixture.Request(models: ["fake:x", "nobody:y"])));
        await Assert.ThrowsAsync<InputException>(() => _fixture.Run(_fixture.Request(models: ["fake:x", "fake:x"])));
        Assert.False(Directory.Exists(_fixture.RunFolder));
    }

    sealed class Diary(RunFixture fixture) : IRunObserver
    {
        public List<string> Lines { get; } = [];

        public void Started(RunDescription run, int done, int total) => Lines.Add($"started {done}/{total}, on record {fixture.Keys().Count}");

        public void ModelOpened(ModelInfo model) => Lines.Add($"opened {model.Spec}");

        public void Completed(Prediction prediction, int done, int total) => Lines.Add($"completed {done}/{total}, on record {fixture.Keys().Count}");
    }
}
