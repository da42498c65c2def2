using NeedleBench.Harness.Running;

namespace NeedleBench.Harness.Tests.Running;

public sealed class ResumeTests : IDisposable
{
    readonly RunFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    Task<RunOutcome> Resume(RunRequest? request = null) => _fixture.Run(request ?? _fixture.Request(resume: true));

    async Task<string> RefusedResume(RunRequest? request = null)
    {
        var before = await File.ReadAllBytesAsync(_fixture.Predictions);
        var error = await Assert.ThrowsAsync<InputException>(() => Resume(request));
        Assert.Equal(before, await File.ReadAllBytesAsync(_fixture.Predictions));
        return error.Message;
    }

    // 16 items and a warm-up for each of two models: 18 calls.
    public static TheoryData<int> EveryCall => [.. Enumerable.Range(0, 18)];

    [Theory]
    [MemberData(nameof(EveryCall))]
    public async Task Cancelled_at_any_call_and_resumed_answers_each_item_exactly_once(int at)
    {
        using var stop = new CancellationTokenSource();
        _fixture.Models.Answer = (_, call) =>
        {
            if (call == at)
            {
                stop.Cancel();
                // Some models wrap it, some pass it on.
                throw at % 2 == 0 ? new OperationCanceledException(stop.Token) : new IOException("connection closed");
            }

            return FakeModels.Alarm("six");
        };

        var first = await _fixture.Run(_fixture.Request(), cancellationToken: stop.Token);

        // Before call n stand n calls less the warm-ups among them: call 0, and call 9 of the second model.
        var recorded = at - (at > 0 ? 1 : 0) - (at > 9 ? 1 : 0);
        Assert.Equal(new RunOutcome(16, 0, recorded, 0, true), first);
        Assert.Equal(RunFixture.Planned(_fixture.Request()).Take(recorded), _fixture.Keys());
        Assert.Null(RunReader.Read(_fixture.RunFolder).Description.FinishedAt);

        _fixture.Models.Answer = null;
        Assert.Equal(new RunOutcome(16, recorded, 16 - recorded, 0, false), await Resume());
        Assert.Equal(RunFixture.Planned(_fixture.Request()), _fixture.Keys());
        Assert.NotNull(RunReader.Read(_fixture.RunFolder).Description.FinishedAt);
    }

    [Fact]
    public async Task Cut_at_any_byte_of_the_last_line_and_resumed_answers_each_item_exactly_once()
    {
        var request = _fixture.Request(resume: true, models: "fake:x");
        await _fixture.Run(request);
        var whole = await File.ReadAllBytesAsync(_fixture.Predictions);
        var lastBegins = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        Assert.InRange(whole.Length - lastBegins, 100, 1000);
        for (var length = lastBegins; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(_fixture.Predictions, whole[..length]);
            var done = length == whole.Length ? 8 : 7;
            Assert.Equal(done, _fixture.Keys().Count);

            Assert.Equal(new RunOutcome(8, done, 8 - done, 0, false), await Resume(request));

            Assert.Equal(RunFixture.Planned(request), _fixture.Keys());
            Assert.Equal(8, (await File.ReadAllLinesAsync(_fixture.Predictions)).Length);
        }
    }

    [Theory]
    [InlineData("{\"model\":\"fake:x\",\n")]
    [InlineData("\0\0\0\0")]
    [InlineData("\n")]
    public async Task Takes_a_broken_last_line_for_an_interrupted_write(string tail)
    {
        await _fixture.Run(_fixture.Request());
        var whole = await File.ReadAllTextAsync(_fixture.Predictions);
        await File.WriteAllTextAsync(_fixture.Predictions, whole + tail);
        Assert.Equal(16, _fixture.Keys().Count);
        Assert.Equal(new RunOutcome(16, 16, 0, 0, false), await Resume());
        Assert.Equal(whole, await File.ReadAllTextAsync(_fixture.Predictions));
    }

    [Fact]
    public async Task Reads_lines_that_an_editor_gave_CRLF_and_appends_behind_them()
    {
        await _fixture.Run(_fixture.Request());
        var lines = await File.ReadAllLinesAsync(_fixture.Predictions);
        await File.WriteAllTextAsync(_fixture.Predictions, "\uFEFF" + string.Concat(lines.Take(5).Select(line => line + "\r\n")) + lines[5][..9]);
        Assert.Equal(new RunOutcome(16, 5, 11, 0, false), await Resume());
        Assert.Equal(RunFixture.Planned(_fixture.Request()), _fixture.Keys());
    }

    [Fact]
    public async Task Warms_up_again_and_opens_only_models_with_work_left()
    {
        await _fixture.Run(_fixture.Request());
        var lines = await File.ReadAllLinesAsync(_fixture.Predictions);
        await File.WriteAllLinesAsync(_fixture.Predictions, lines[..^1]);
        _fixture.Models.Diary.Clear();

        await Resume();

        Assert.Equal(["open x", "close x", "open y", "close y", "open y", "y: a1", "y: b2", "close y"], _fixture.Models.Diary);
    }

    [Fact]
    public async Task Has_nothing_to_do_where_all_is_done()
    {
        await _fixture.Run(_fixture.Request());
        var (predictions, run) = (await File.ReadAllBytesAsync(_fixture.Predictions), await File.ReadAllBytesAsync(Path.Combine(_fixture.RunFolder, "run.json")));
        var calls = _fixture.Models.Calls;
        Assert.Equal(new RunOutcome(16, 16, 0, 0, false), await Resume());
        Assert.Equal(calls, _fixture.Models.Calls);
        Assert.Equal(predictions, await File.ReadAllBytesAsync(_fixture.Predictions));
        Assert.Equal(run, await File.ReadAllBytesAsync(Path.Combine(_fixture.RunFolder, "run.json")));
    }

    [Fact]
    public async Task Begins_anew_where_there_is_no_folder_or_no_description_yet()
    {
        Assert.Equal(16, (await Resume()).Answered);
        Directory.Delete(_fixture.RunFolder, recursive: true);
        Directory.CreateDirectory(_fixture.RunFolder);
        await File.WriteAllTextAsync(Path.Combine(_fixture.RunFolder, "run.json.tmp"), "{\"na");
        await File.WriteAllTextAsync(Path.Combine(_fixture.RunFolder, ".lock"), "");
        Assert.Equal(16, (await Resume()).Answered);
        Assert.Equal(["predictions.jsonl", "run.json"], Directory.GetFiles(_fixture.RunFolder).Select(file => Path.GetFileName(file)).Order());
    }

    [Fact]
    public async Task Refuses_predictions_without_a_description()
    {
        await _fixture.Run(_fixture.Request());
        File.Delete(Path.Combine(_fixture.RunFolder, "run.json"));
        Assert.Contains("predictions without run.json", await RefusedResume(), StringComparison.Ordinal);
        Assert.Contains("predictions without run.json", await RefusedResume(_fixture.Request()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_existing_run_that_is_not_to_be_resumed()
    {
        await _fixture.Run(_fixture.Request());
        var message = await RefusedResume(_fixture.Request());
        Assert.Contains("--resume", message, StringComparison.Ordinal);
        Assert.Contains("another name", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_another_plan_naming_what_differs()
    {
        await _fixture.Run(_fixture.Request());
        foreach (var (request, difference) in new (RunRequest, string)[]
        {
            (_fixture.Request(resume: true, models: ["fake:y", "fake:x"]), "models: then fake:x, fake:y, now fake:y, fake:x"),
            (_fixture.Request(resume: true, models: ["fake:x", "fake:y", "fake:z"]), "now fake:x, fake:y, fake:z"),
            (_fixture.Request(resume: true, options: new RunOptions { Repeats = 3 }), "repeats: then 2, now 3"),
            (_fixture.Request(resume: true, options: new RunOptions { Repeats = 2, CasesPerSuite = 1 }), "cases per suite: then no limit, now 1"),
            (_fixture.Request(resume: true, options: new RunOptions { Repeats = 2, MaxOutputTokens = 5 }), "output tokens: then no limit, now 5"),
            (_fixture.Request(resume: true, options: new RunOptions { Repeats = 2, Warmups = 0 }), "warm-ups: then 1, now 0"),
            (_fixture.Request(resume: true) with { Suites = [_fixture.Suites[1]] }, "suites: then a, b, now b"),
        })
        {
            Assert.Contains(difference, await RefusedResume(request), StringComparison.Ordinal);
        }

        _fixture.Machine = _fixture.Machine with { Cpu = "other" };
        Assert.Contains("the machine: then cpu", await RefusedResume(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_changed_model_and_a_changed_suite_but_not_changed_answers()
    {
        await _fixture.Run(_fixture.Request());
        _fixture.Models.Fingerprints["y"] = "f1";
        Assert.Contains("the fingerprint of fake:y: then f0, now f1", await RefusedResume(), StringComparison.Ordinal);
        _fixture.Models.Fingerprints.Clear();

        _fixture.Suites = [_fixture.Suites[0], _fixture.Suite("b", RunFixture.Cases("b").Replace("b2", "b3", StringComparison.Ordinal))];
        Assert.Contains("suite b have changed", await RefusedResume(), StringComparison.Ordinal);

        _fixture.Suites = [_fixture.Suites[0], _fixture.Suite("b", RunFixture.Cases("b").Replace("[\"six\"]", "[\"6\"]", StringComparison.Ordinal))];
        Assert.Equal(16, (await Resume()).Resumed);
    }

    [Fact]
    public async Task Refuses_a_model_that_changes_while_the_run_goes_on()
    {
        _fixture.Models.Answer = (_, _) =>
        {
            _fixture.Models.Fingerprints["y"] = "f1";
            return FakeModels.Alarm("six");
        };
        var error = await Assert.ThrowsAsync<InputException>(() => _fixture.Run(_fixture.Request()));
        Assert.Contains("'fake:y' changed", error.Message, StringComparison.Ordinal);
        Assert.Equal(8, _fixture.Keys().Count);
    }

    [Theory]
    [InlineData("{\"model\":", "no prediction")]
    [InlineData("", "no prediction")]
    [InlineData("{}", "no prediction")]
    [InlineData("null", "no prediction")]
    [InlineData("""{"model":"fake:x","suite":"a","case":"a/001","repeat":-1}""", "no prediction")]
    [InlineData("""{"model":"fake:x","suite":"a","case":"a/001","repeat":0}""", "same item as line 1")]
    [InlineData("""{"model":"fake:z","suite":"a","case":"a/001","repeat":0}""", "no item of this run")]
    [InlineData("""{"model":"fake:x","suite":"a","case":"a/001","repeat":2}""", "no item of this run")]
    public async Task Refuses_a_wrong_line_in_the_middle_naming_it(string line, string problem)
    {
        await _fixture.Run(_fixture.Request());
        var lines = (await File.ReadAllLinesAsync(_fixture.Predictions)).ToList();
        lines.Insert(4, line);
        await File.WriteAllLinesAsync(_fixture.Predictions, lines);
        foreach (var message in new[] { await RefusedResume(), Assert.Throws<InputException>(() => RunReader.Read(_fixture.RunFolder)).Message })
        {
            Assert.Contains(problem, message, StringComparison.Ordinal);
            Assert.Contains("predictions.jsonl:5:", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Refuses_whole_JSON_that_is_no_prediction_even_as_the_last_line()
    {
        await _fixture.Run(_fixture.Request());
        await File.AppendAllTextAsync(_fixture.Predictions, "{\"version\":2}\n");
        Assert.Contains("predictions.jsonl:17:", await RefusedResume(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_case_that_the_suite_does_not_have()
    {
        await _fixture.Run(_fixture.Request());
        var text = await File.ReadAllTextAsync(_fixture.Predictions);
        await File.WriteAllTextAsync(_fixture.Predictions, text.Replace("a/001", "a/009", StringComparison.Ordinal));
        Assert.Contains("no item of this run", await RefusedResume(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_errors_on_record_rather_than_asking_again()
    {
        _fixture.Models.Answer = (_, _) => throw new TimeoutException("down");
        Assert.Equal(16, (await _fixture.Run(_fixture.Request())).Errors);
        _fixture.Models.Answer = null;
        Assert.Equal(new RunOutcome(16, 16, 0, 0, false), await Resume());
    }
}
