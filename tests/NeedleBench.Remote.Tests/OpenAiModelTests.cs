using static NeedleBench.Tests.ChatServerReply;

namespace NeedleBench.Remote.Tests;

public class OpenAiModelTests
{
    static readonly IReadOnlyList<ToolDefinition> Tools = ToolDefinitionJson.ParseList(
        """
        [{"name":"timers.set","description":"Start a timer.","parameters":{"type":"object","properties":{"minutes":{"type":"integer"}},"required":["minutes"]}},
         {"name":"timers_set","description":"Another.","parameters":{}}]
        """);

    static readonly ChatServerReply OneCall = Stream(
        CallDelta(0, "timers_set_2", ""), CallDelta(0, null, "{\"min"), CallDelta(0, null, "utes\":10}"), Finish("tool_calls"), Usage(57, 12));

    [Fact]
    public async Task Tools_go_over_as_functions_and_the_pieces_of_calls_come_back_whole_under_the_names_given()
    {
        using var server = new LoopbackChatServer(Stream(
            CallDelta(0, "timers_set_2", ""), CallDelta(1, "timers_set", "{}"), CallDelta(0, null, "{\"min"), CallDelta(0, null, "utes\":10}"),
            Finish("tool_calls"), Usage(57, 12)));

        var answer = await CallAsync(server, "&max_tokens=99");

        Assert.Null(answer.Failure);
        Assert.Equal("""[{"name":"timers.set","arguments":{"minutes":10}},{"name":"timers_set","arguments":{}}]""", answer.RawText);
        Assert.Equal((57, 12), (answer.Timing.PromptTokens, answer.Timing.GeneratedTokens));
        var sent = Assert.Single(server.Requests).Body;
        Assert.Equal(("m", 0, 99, true), (
            sent.GetProperty("model").GetString(), sent.GetProperty("temperature").GetDouble(),
            sent.GetProperty("max_tokens").GetInt32(), sent.GetProperty("stream").GetBoolean()));
        Assert.Equal("ten minutes", server.Requests[0].LastMessage);
        var functions = sent.GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("function")).ToList();
        Assert.Equal(["timers_set_2", "timers_set"], functions.Select(f => f.GetProperty("name").GetString()));
        Assert.Equal(Tools[0].Schema.GetRawText(), functions[0].GetProperty("parameters").GetRawText());
    }

    [Fact]
    public async Task The_time_to_first_token_is_that_of_the_first_piece_not_of_the_whole_call()
    {
        using var gate = new SemaphoreSlim(0);
        await using var stream = new GatedStream(gate, $"data: {CallDelta(0, "f", "{")}\n\n", $"data: {CallDelta(0, null, "}")}\n\ndata: {Finish("tool_calls")}\n\n");
        var updates = CompletionStream.ReadAsync(stream, new FunctionNames(["f"]), CancellationToken.None).GetAsyncEnumerator();

        // The second half is not there yet: an update that comes now comes of the first piece alone.
        Assert.True(await updates.MoveNextAsync());
        Assert.IsType<Chat.FunctionCallProgress>(Assert.Single(updates.Current.Contents));
        gate.Release();
        var last = updates.Current;
        while (await updates.MoveNextAsync())
        {
            last = updates.Current;
        }

        Assert.Equal("f", Assert.IsType<Microsoft.Extensions.AI.FunctionCallContent>(Assert.Single(last.Contents)).Name);
        await updates.DisposeAsync();
    }

    [Fact]
    public async Task Prose_is_a_refusal()
    {
        using var server = new LoopbackChatServer(Text("I cannot do that."));

        var answer = await CallAsync(server);

        Assert.Equal(("I cannot do that.", 0, null), (answer.RawText, answer.Calls.Count, answer.Failure));
    }

    [Theory]
    [InlineData("{\"minutes\":1", "tool_calls", ParseFailureKind.NotACall)]
    [InlineData("[10]", "tool_calls", ParseFailureKind.NotACall)]
    [InlineData("{\"minutes\":1", "length", ParseFailureKind.Truncated)]
    public async Task Arguments_that_cannot_be_read_are_a_recorded_failure_with_what_was_sent(string arguments, string finish, ParseFailureKind kind)
    {
        using var server = new LoopbackChatServer(Stream(CallDelta(0, "timers_set", arguments), Finish(finish)));

        var answer = await CallAsync(server);

        Assert.Equal(kind, answer.Failure!.Kind);
        Assert.Empty(answer.Calls);
        Assert.Equal($"timers_set({arguments})", answer.RawText);
        Assert.Single(server.Requests);
    }

    public static TheoryData<string> Faults => ["silence", "429", "500", "503", "not JSON", "unfinished", "cut", "error in the stream", "HTML"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_that_passes_is_tried_again_and_the_answer_counts(string fault)
    {
        await WarmUpAsync();
        using var server = new LoopbackChatServer(Fault(fault), Fault(fault), OneCall);

        var answer = await CallAsync(server, $"&retries=2&timeout={Patience(fault)}");

        Assert.Equal("timers.set", Assert.Single(answer.Calls).Name);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_that_stays_is_one_error_with_the_address_after_a_bounded_number_of_attempts(string fault)
    {
        await WarmUpAsync();
        using var server = new LoopbackChatServer(Fault(fault));

        var error = await Assert.ThrowsAsync<InputException>(() => CallAsync(server, $"&retries=2&timeout={Patience(fault)}"));

        Assert.Contains(server.Address, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Mend);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(400, "scripted 400")]
    [InlineData(401, "OPENAI_API_KEY")]
    [InlineData(404, "/v1")]
    public async Task What_will_not_pass_is_not_tried_again(int status, string said)
    {
        using var server = new LoopbackChatServer(Error(status));

        var error = await Assert.ThrowsAsync<InputException>(() => CallAsync(server));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_wait_that_the_server_asks_for_is_kept()
    {
        using var server = new LoopbackChatServer(Error(429, "Retry-After: 1"), OneCall);

        await CallAsync(server);

        var waited = TimeProvider.System.GetElapsedTime(server.Requests[0].Arrived, server.Requests[1].Arrived);
        Assert.True(waited >= TimeSpan.FromSeconds(0.9), $"asked again after {waited}");
    }

    [Fact]
    public async Task A_server_that_asks_for_too_long_a_wait_is_not_waited_for()
    {
        using var server = new LoopbackChatServer(Error(429, "Retry-After: 7200"));

        await Assert.ThrowsAsync<InputException>(() => CallAsync(server));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_request_that_is_cancelled_ends_as_cancelled()
    {
        using var server = new LoopbackChatServer(Silence);
        using var model = await OpenAsync(server, "&timeout=60");
        using var cancel = new CancellationTokenSource();
        var call = model.CallAsync(new ToolCallRequest("q", Tools), cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    internal static ChatServerReply Fault(string fault) => fault switch
    {
        "silence" => Silence,
        "not JSON" => Stream("{\"choices\": oops", Finish("stop")),
        "unfinished" => Unfinished(CallDelta(0, "timers_set", "{}")),
        "cut" => Unfinished(CallDelta(0, "timers_set", "{}")) with { IsCut = true },
        "error in the stream" => Unfinished("""{"error":{"message":"out of memory"}}"""),
        "HTML" => new ChatServerReply("<html>Bad gateway</html>") { Status = 502, ContentType = "text/html" },
        _ => Error(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture)),
    };

    // Only silence is to be waited out; a timeout elsewhere would be the test machine's fault, and count as one more.
    static int Patience(string fault) => fault == "silence" ? 2 : 60;

    // A process's first request takes long enough to run into a short timeout before it is sent.
    static async Task WarmUpAsync()
    {
        using var server = new LoopbackChatServer(OneCall);
        await CallAsync(server);
    }

    static async Task<ToolCallResponse> CallAsync(LoopbackChatServer server, string options = "")
    {
        using var model = await OpenAsync(server, options);
        return await model.CallAsync(new ToolCallRequest("ten minutes", Tools));
    }

    static ValueTask<IToolCallingModel> OpenAsync(LoopbackChatServer server, string options)
    {
        var timeout = options.Contains("timeout=", StringComparison.Ordinal) ? "" : "&timeout=60";
        return new OpenAiModelProvider(_ => null, TimeProvider.System)
            .OpenAsync(ModelSpec.Parse($"openai:{server.Address}?model=m&retry_delay=0{timeout}{options}"));
    }
}
