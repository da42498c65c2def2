using NeedleBench.San.Checkpoints;

namespace NeedleBench.San.Tests;

public sealed class SanToolCallingModelTests : IDisposable
{
    const string TimerTools =
        """[{"name":"setTimer","description":"Start a countdown timer.","parameters":{"type":"object","properties":{"duration":{"type":"string","description":"How long, in the user's own words."},"label":{"type":"string","description":"What the timer is for."}},"required":["duration"]}},{"name":"cancelTimer","description":"Cancel a running timer.","parameters":{"type":"object","properties":{"label":{"type":"string","description":"Which timer."}}}}]""";

    readonly IToolCallingModel _model = new SanModelProvider().OpenAsync(ModelSpec.Parse("san:san-nano")).AsTask().GetAwaiter().GetResult();

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task Answers_a_plain_request_with_the_callers_tool_name()
    {
        var answer = await _model.CallAsync(new ToolCallRequest("set a timer for ten minutes", ToolDefinitionJson.ParseList(TimerTools)));

        Assert.Equal("""[{"name":"setTimer","arguments":{"duration":"ten minutes"}}]""", ToolCallJson.Write(answer.Calls));
        Assert.InRange(answer.Confidence!.Value, 0.5, 1.0);
        Assert.Equal(answer.OutputIds!.Count, answer.Timing.GeneratedTokens);
        Assert.InRange(answer.Timing.TimeToFirstTokenSeconds, answer.Timing.PrefillSeconds, answer.Timing.TotalSeconds);
    }

    [Fact]
    public async Task Constrained_answers_name_only_declared_tools_and_arguments()
    {
        // Names that the model never saw in training: left alone, it writes those that it knows.
        var tools = ToolDefinitionJson.ParseList(
            """[{"name":"zorble_frumpkin","description":"Start a countdown timer.","parameters":{"qux_len":{"type":"string","description":"How long.","required":true}}},{"name":"quibber","description":"Play a song.","parameters":{"ditty":{"type":"string","description":"Which song.","required":true}}}]""");
        string[] queries = ["set a timer for ten minutes", "play Yellow by Coldplay", "what's the weather in Oslo", "text mum that I am late"];
        foreach (var query in queries)
        {
            var answer = await _model.CallAsync(new ToolCallRequest(query, tools));
            foreach (var call in answer.Calls)
            {
                var tool = Assert.Single(tools, t => t.Name == call.Name);
                Assert.All(call.Arguments.EnumerateObject(), a => Assert.True(tool.Parameters.TryGetProperty(a.Name, out _), a.Name));
            }
        }
    }

    [Fact]
    public async Task The_same_request_gives_the_same_answer_every_time()
    {
        var request = new ToolCallRequest("set a pasta timer for eleven and a half minutes", ToolDefinitionJson.ParseList(TimerTools));
        var first = await _model.CallAsync(request);
        await _model.CallAsync(new ToolCallRequest("cancel it", ToolDefinitionJson.ParseList(TimerTools)));

        Assert.Equal(first.OutputIds, (await _model.CallAsync(request)).OutputIds);
    }

    [Fact]
    public async Task A_query_of_100_000_characters_no_tools_and_odd_text_are_answered_not_crashed_on()
    {
        var tools = ToolDefinitionJson.ParseList(TimerTools);
        string[] queries = [new string('x', 100_000), string.Concat(Enumerable.Repeat("set a timer ", 9_000)), "", "   ", "\0\u0001\ud800 \ufffd", "設定計時器十分鐘 😀"];
        foreach (var query in queries)
        {
            var answer = await _model.CallAsync(new ToolCallRequest(query, tools) { MaxOutputTokens = 40 });
            Assert.InRange(answer.Timing.PromptTokens, 1, 1024);
            Assert.InRange(answer.Timing.GeneratedTokens, 1, 40);
        }

        Assert.NotNull(await _model.CallAsync(new ToolCallRequest("hello", [])));
    }

    [Fact]
    public async Task An_answer_cut_at_the_token_limit_is_truncated_not_a_refusal()
    {
        var answer = await _model.CallAsync(new ToolCallRequest("set a timer for ten minutes", ToolDefinitionJson.ParseList(TimerTools)) { MaxOutputTokens = 5 });

        Assert.Equal(ParseFailureKind.Truncated, answer.Failure!.Kind);
        Assert.Empty(answer.Calls);
    }

    [Fact]
    public async Task Cancelling_stops_it()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _model.CallAsync(new ToolCallRequest("set a timer", ToolDefinitionJson.ParseList(TimerTools)), cancelled.Token));
    }

    [Fact]
    public async Task Info_tells_settings_that_change_answers_from_those_that_do_not()
    {
        var provider = new SanModelProvider();
        using var threads = await provider.OpenAsync(ModelSpec.Parse("san:san-nano?threads=1"));
        using var unconstrained = await provider.OpenAsync(ModelSpec.Parse("san:san-nano?constrained=false"));

        Assert.Equal(("san-nano", "fp32", 1_017_994L), (_model.Info.Name, _model.Info.Precision, _model.Info.Parameters!.Value));
        Assert.Equal(_model.Info.Fingerprint, threads.Info.Fingerprint);
        Assert.NotEqual(_model.Info.Fingerprint, unconstrained.Info.Fingerprint);
        Assert.Equal("san-nano, unconstrained", unconstrained.Info.Name);
    }

    [Theory]
    [InlineData("san:no-such-model", "san-nano")]
    [InlineData("san:san-nano?precision=int3", "fp32")]
    [InlineData("san:san-nano?retrieve=5", "no retrieval head")]
    [InlineData("san:san-nano?constrained=maybe", "constrained is 'maybe'")]
    [InlineData("san:san-nano?thread=5", "'thread'")]
    public async Task A_spec_that_cannot_be_opened_says_why(string spec, string part)
    {
        var error = await Assert.ThrowsAsync<InputException>(async () => await new SanModelProvider().OpenAsync(ModelSpec.Parse(spec)));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [SharedFact("golden/san-tiny")]
    public async Task With_many_tools_the_retrieval_head_offers_the_model_only_the_nearest()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in new[] { SanCheckpoint.ConfigFile, SanCheckpoint.WeightsFile })
        {
            File.Copy(RepositoryFiles.InShared($"golden/san-tiny/{file}"), folder.File(file));
        }

        File.Copy(RepositoryFiles.InShared("golden/sentencepiece/tokenizer.model"), folder.File("tokenizer.model"));
        var provider = new SanModelProvider();
        using var all = await provider.OpenAsync(ModelSpec.Parse($"san:{folder.Path}"));
        using var top = await provider.OpenAsync(ModelSpec.Parse($"san:{folder.Path}?retrieve=2"));
        ToolDefinition[] tools = [.. Enumerable.Range(0, 20).Select(i => new ToolDefinition($"tool_{i}", "Does something.", default))];

        var wide = await all.CallAsync(new ToolCallRequest("tool 7", tools) { MaxOutputTokens = 1 });
        var narrow = await top.CallAsync(new ToolCallRequest("tool 7", tools) { MaxOutputTokens = 1 });
        var few = await top.CallAsync(new ToolCallRequest("tool 7", tools[..2]) { MaxOutputTokens = 1 });

        Assert.InRange(narrow.Timing.PromptTokens, few.Timing.PromptTokens - 5, few.Timing.PromptTokens + 5);
        Assert.True(wide.Timing.PromptTokens > 5 * narrow.Timing.PromptTokens);
    }
}
