using System.Text.Json;
using NeedleBench.Training.Synthesis;
using NeedleBench.Training.TeacherSynthesis;

namespace NeedleBench.Training.Tests.TeacherSynthesis;

public sealed class TeacherSynthesiserTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ScriptedTeacher _good = new();

    string Output => _folder.File("data.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_good_teacher_fills_the_file_evenly_with_examples_in_Needles_format()
    {
        var tally = await RunAsync(new FakeTeacher(_good.Answer), 48);

        Assert.Equal((48, 48, null), (tally.Asked, tally.Accepted, tally.GivenUp));
        var lines = File.ReadAllLines(Output).Select(l => JsonElement.Parse(l)).ToList();
        Assert.All(lines, line => Assert.All(["query", "tools", "answers"], name => Assert.Equal(JsonValueKind.String, line.GetProperty(name).ValueKind)));
        Assert.Equal(24, lines.CountBy(l => (l.GetProperty("tool").GetString(), l.GetProperty("style").GetString())).Count(c => c.Value == 2));
        var examples = NeedleJsonl.Read(Output).ToList();
        Assert.Equal(12, examples.Count(e => e.Calls.Count == 0));
        var timer = examples.First(e => e.Calls.Any(c => c.Name == "set_timer"));
        Assert.Equal(["minutes", "label"], timer.Calls[0].Arguments.EnumerateObject().Select(a => a.Name));
        var message = examples.First(e => e.Calls.Any(c => c.Name == "send_message"));
        Assert.Equal(["to", "channel"], message.Calls[0].Arguments.EnumerateObject().Select(a => a.Name)); // the teacher wrote them the other way round
    }

    [Fact]
    public async Task Each_rejection_is_counted_under_its_reason()
    {
        // One tool in one positive style: seven wrong answers, one right one.
        string Spoiled(string prompt) => ScriptedTeacher.Style(prompt) is "near_miss" or "none"
            ? """[{"query":"play some jazz","calls":[{"name":"get_weather","arguments":{"city":"jazz"}}]}]"""
            : """
              [{"query":"how is it in Oslo","calls":[{"name":"get_weather","arguments":{"city":"oslo"}}]},
               {"query":"How is it in OSLO?!","calls":[{"name":"get_weather","arguments":{"city":"Oslo"}}]},
               {"query":"weather here","calls":[{"name":"get_weather","arguments":{"city":"Paris"}}]},
               {"query":"weather in Rome at 5","calls":[{"name":"get_weather","arguments":{"city":"Rome","days":6}}]},
               {"query":"weather in Bonn","calls":[{"name":"get_weather","arguments":{"city":"Bonn","wind":true}}]},
               {"query":"weather in Kyiv","calls":[{"name":"get_weather","arguments":{"city":"Kyiv","days":-1}}]},
               {"query":"hello","calls":[]},
               {"query":"ring Ann","calls":[{"name":"ring","arguments":{"who":"Ann"}}]},
               {"query":"weather"}]
              """;
        const string Tools =
            """[{"name":"get_weather","description":"","parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}}}}]""";
        var synthesiser = new TeacherSynthesiser(
            ToolDefinitionJson.ParseList(Tools), new FakeTeacher(Spoiled),
            (_, arguments) => arguments.TryGetProperty("days", out var days) && days.GetInt32() < 0 ? ["days: too small"] : [],
            new TeacherOptions(80) { BatchSize = 10, MaxUselessBatches = 1 });

        await synthesiser.RunAsync(Output, resume: false);

        // The first batch (terse) brings one; the second (polite) nothing, and the teacher is given up.
        var tally = synthesiser.Tally;
        Assert.Equal((20, 1, 2), (tally.Asked, tally.Accepted, tally.Batches));
        Assert.Equal(
            new Dictionary<RejectionReason, int>
            {
                [RejectionReason.Missing] = 2,
                [RejectionReason.MalformedExample] = 2,
                [RejectionReason.NoCall] = 2,
                [RejectionReason.WrongTool] = 2,
                [RejectionReason.SchemaInvalid] = 4,
                [RejectionReason.UngroundedText] = 2,
                [RejectionReason.UngroundedNumber] = 2,
                [RejectionReason.Duplicate] = 3,
            },
            tally.Rejected);
        Assert.Single(File.ReadAllLines(Output));
    }

    [Theory]
    [InlineData("near_miss", RejectionReason.UnexpectedCall)]
    [InlineData("none", RejectionReason.UnexpectedCall)]
    [InlineData("terse", RejectionReason.NoCall)]
    public async Task A_call_is_wrong_where_none_is_right_and_the_other_way_round(string style, RejectionReason reason)
    {
        var teacher = new FakeTeacher(prompt => ScriptedTeacher.Style(prompt) != style ? _good.Answer(prompt)
            : style == "terse" ? """[{"query":"nothing","calls":[]}]"""
            : """[{"query":"call it","calls":[{"name":"get_weather","arguments":{"city":"it"}}]}]""");

        var tally = await RunAsync(teacher, 24);

        Assert.Equal((21, reason), (tally.Accepted, Assert.Single(tally.Rejected).Key)); // three tools in that style
        Assert.Contains(style, tally.GivenUp, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_cost_a_batch_each_and_the_count_is_reached_all_the_same()
    {
        var batch = 0;
        var teacher = new FakeTeacher(prompt => (batch++ % 6) switch
        {
            0 => throw new TimeoutException("too slow"),
            1 => throw new HttpRequestException("429"),
            2 => "As an AI, I will not.",
            3 => """[{"query":"a","calls":[{]""",
            4 => _good.Answer(prompt)[..^5],
            _ => $"Sure!\n```json\n{_good.Answer(prompt)}\n```",
        });

        var tally = await RunAsync(teacher, 24);

        Assert.Equal((24, null), (tally.Accepted, tally.GivenUp));
        Assert.Equal(tally.Asked, tally.Accepted + tally.Rejected.Values.Sum());
        Assert.Equal(
            [RejectionReason.TeacherFailed, RejectionReason.Truncated, RejectionReason.NoJson, RejectionReason.MalformedJson], tally.Rejected.Keys);
        Assert.Equal(24, NeedleJsonl.Read(Output).Select(e => e.Query).Distinct().Count());
    }

    [Fact]
    public async Task A_teacher_that_brings_nothing_is_given_up_and_what_was_written_stays()
    {
        var batch = 0;
        var teacher = new FakeTeacher(prompt => batch++ < 3 ? _good.Answer(prompt) : throw new TimeoutException("too slow"));

        var tally = await RunAsync(teacher, 240);

        Assert.Contains("too slow", tally.GivenUp, StringComparison.Ordinal);
        Assert.Equal(3 + 6, tally.Batches);
        Assert.Equal(24, tally.Accepted);
        Assert.Equal(24, NeedleJsonl.Read(Output).Count());
    }

    [Fact]
    public async Task Resuming_counts_what_is_there_appends_the_rest_and_writes_nothing_twice()
    {
        await RunAsync(new FakeTeacher(_good.Answer), 20);
        var before = File.ReadAllText(Output);
        File.AppendAllText(Output, """{"query":"half a li""");
        var old = NeedleJsonl.Parse(before.Split('\n')[0], "", 1).Query;

        // This one repeats an old request first in each batch.
        var again = new FakeTeacher(prompt =>
        {
            var examples = _good.Examples(prompt);
            examples[0] = new { query = old.ToUpperInvariant(), calls = Array.Empty<object>() };
            return JsonSerializer.Serialize(ScriptedTeacher.Style(prompt) is "none" ? examples : _good.Examples(prompt));
        });
        var tally = await RunAsync(again, 48, resume: true, mayGiveUp: true);

        var after = File.ReadAllText(Output);
        Assert.StartsWith(before, after, StringComparison.Ordinal);
        Assert.Equal(20, tally.Before);
        Assert.True(tally.Rejected[RejectionReason.Duplicate] > 0);
        Assert.Equal(tally.Total, NeedleJsonl.Read(Output).Select(e => e.Query.ToUpperInvariant()).Distinct().Count());
    }

    [Fact]
    public async Task Resuming_fills_the_cells_that_lack_examples_and_stops_at_once_where_none_does()
    {
        await RunAsync(new FakeTeacher(_good.Answer), 20);
        var second = await RunAsync(new FakeTeacher(_good.Answer), 48, resume: true);
        var third = new FakeTeacher(_good.Answer);
        var tally = await RunAsync(third, 48, resume: true);

        Assert.Equal((20, 28), (second.Before, second.Accepted));
        var cells = File.ReadAllLines(Output).Select(l => JsonElement.Parse(l)).CountBy(l => (l.GetProperty("tool").GetString(), l.GetProperty("style").GetString()));
        Assert.Equal(Enumerable.Repeat(2, 24), cells.Select(c => c.Value));
        Assert.Equal((48, 0, 0), (tally.Total, tally.Asked, third.Prompts.Count));
    }

    [Fact]
    public async Task A_file_that_exists_is_refused_without_resume_and_left_alone()
    {
        File.WriteAllText(Output, "precious");

        var error = await Assert.ThrowsAsync<InputException>(() => RunAsync(new FakeTeacher(_good.Answer), 8));

        Assert.Contains("--resume", error.Mend, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(Output));
    }

    [Fact]
    public async Task A_line_that_is_no_example_is_named_and_the_file_left_alone()
    {
        const string Damaged = "{\"query\":\"a\",\"tools\":\"[]\",\"answers\":\"[]\"}\nnot JSON\n";
        File.WriteAllText(Output, Damaged);

        var error = await Assert.ThrowsAsync<InputException>(() => RunAsync(new FakeTeacher(_good.Answer), 8, resume: true));

        Assert.Equal((Output, 2), (error.File, error.Line));
        Assert.Equal(Damaged, File.ReadAllText(Output));
    }

    [Fact]
    public async Task A_last_line_without_its_end_is_kept_where_it_is_whole()
    {
        File.WriteAllText(Output, """{"query":"hello","tools":"[]","answers":"[]"}""");

        var tally = await RunAsync(new FakeTeacher(_good.Answer), 8, resume: true);

        Assert.Equal((1, 8), (tally.Before, NeedleJsonl.Read(Output).Count()));
        Assert.Equal("hello", NeedleJsonl.Read(Output).First().Query);
    }

    [Fact]
    public async Task An_interrupted_run_leaves_whole_lines()
    {
        using var cancel = new CancellationTokenSource();
        var batch = 0;
        var teacher = new FakeTeacher(prompt =>
        {
            if (++batch == 3)
            {
                cancel.Cancel();
            }

            return _good.Answer(prompt);
        });
        var synthesiser = Create(teacher, 48);

        await Assert.ThrowsAsync<OperationCanceledException>(() => synthesiser.RunAsync(Output, false, cancellationToken: cancel.Token));

        Assert.Equal(synthesiser.Tally.Accepted, NeedleJsonl.Read(Output).Count());
        Assert.Equal(6, synthesiser.Tally.Accepted);
    }

    [Fact]
    public async Task A_surplus_is_not_taken()
    {
        var teacher = new FakeTeacher(prompt => JsonSerializer.Serialize(_good.Examples(prompt).Concat(_good.Examples(prompt))));

        var tally = await RunAsync(teacher, 24);

        Assert.Equal((24, 24), (tally.Asked, File.ReadAllLines(Output).Length));
    }

    [Fact]
    public async Task The_prompt_shows_the_tools_on_offer_and_what_is_written_already()
    {
        var teacher = new FakeTeacher(_good.Answer);
        await RunAsync(teacher, 48);

        Assert.Contains("\"minimum\":1", teacher.Prompts[0], StringComparison.Ordinal);
        var first = NeedleJsonl.Read(Output).First().Query;
        Assert.Contains(teacher.Prompts.Skip(1), p => ScriptedTeacher.Focus(p) == ScriptedTeacher.Focus(teacher.Prompts[0]) && p.Contains(first, StringComparison.Ordinal));
    }

    async Task<TeacherTally> RunAsync(FakeTeacher teacher, int count, bool resume = false, bool mayGiveUp = false)
    {
        var synthesiser = Create(teacher, count, mayGiveUp ? 4 : null);
        await synthesiser.RunAsync(Output, resume);
        return synthesiser.Tally;
    }

    static TeacherSynthesiser Create(FakeTeacher teacher, int count, int? giveUp = null) => new(
        ToolDefinitionJson.ParseList(ScriptedTeacher.Tools), teacher, (_, _) => [], new TeacherOptions(count) { MaxUselessBatches = giveUp ?? 6 });
}
