using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;
using static NeedleBench.Tests.ChatServerReply;

namespace NeedleBench.Remote.Tests;

public class OpenAiModelProviderTests
{
    [Theory]
    [InlineData("openai:no-address?model=m", "no address")]
    [InlineData("openai:ftp://host/v1?model=m", "no address")]
    [InlineData("openai:http://user:secret@127.0.0.1/v1?model=m", "OPENAI_API_KEY")]
    [InlineData("openai:http://127.0.0.1:1/v1", "?model=")]
    [InlineData("openai:http://127.0.0.1:1/v1?model=m&temprature=1", "temprature")]
    [InlineData("openai:http://127.0.0.1:1/v1?model=m&temperature=NaN", "temperature")]
    [InlineData("openai:http://127.0.0.1:1/v1?model=m&timeout=0", "timeout")]
    public async Task Refuses_a_spec_that_is_wrong(string spec, string named)
    {
        var error = await Assert.ThrowsAsync<InputException>(async () => await new OpenAiModelProvider().OpenAsync(ModelSpec.Parse(spec)));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_one_error_that_names_the_address_and_the_mend()
    {
        var address = FreeAddress();

        var error = await Assert.ThrowsAsync<InputException>(
            async () => await new OpenAiModelProvider().OpenAsync(ModelSpec.Parse($"openai:{address}?model=m&retries=1&retry_delay=0")));

        Assert.Contains(address, error.Problem, StringComparison.Ordinal);
        Assert.Contains("Start the server", error.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_goes_away_costs_all_attempts_once_and_then_one_a_call_until_it_is_back()
    {
        var attempts = 0;
        var retrying = new Retrying(new RetryOptions { Retries = 3, Delay = TimeSpan.Zero }, new Uri("http://127.0.0.1:1/v1"), TimeProvider.System);
        var isUp = false;
        ValueTask<int> Attempt(CancellationToken _)
        {
            attempts++;
            return isUp ? ValueTask.FromResult(1) : throw new HttpRequestException(HttpRequestError.ConnectionError);
        }

        var seen = new List<int>();
        foreach (var up in new[] { false, false, true, false })
        {
            (attempts, isUp) = (0, up);
            await Record.ExceptionAsync(async () => await retrying.RunAsync(Attempt, CancellationToken.None));
            seen.Add(attempts);
        }

        Assert.Equal([4, 1, 1, 4], seen);
    }

    [Theory]
    [InlineData("sk-secret", "Authorization: Bearer sk-secret")]
    [InlineData(null, null)]
    public async Task The_key_comes_from_the_environment_and_without_one_none_is_sent(string? key, string? header)
    {
        using var server = new LoopbackChatServer(Text("hello"));
        var provider = new OpenAiModelProvider(name => name == "OPENAI_API_KEY" ? key : null, TimeProvider.System);
        using var model = await provider.OpenAsync(ModelSpec.Parse($"openai:{server.Address}?model=m"));
        await model.CallAsync(new ToolCallRequest("q", []));

        var sent = server.Requests[0];
        Assert.Equal(header, sent.Headers.Split("\r\n").FirstOrDefault(l => l.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase)));
        Assert.False(sent.Body.TryGetProperty("tools", out _));
    }

    [Fact]
    public async Task As_a_chat_client_it_answers_in_text_and_faults_that_pass_are_tried_again()
    {
        using var server = new LoopbackChatServer(Error(503), Unfinished(Delta(new { content = "half" })), Text("A whole answer."));
        var provider = new OpenAiModelProvider(_ => null, TimeProvider.System);
        using var chat = await provider.OpenChatAsync(ModelSpec.Parse($"openai:{server.Address}?model=m&retry_delay=0"));

        var answer = await chat.GetResponseAsync(
            [new ChatMessage(ChatRole.System, "Be brief."), new ChatMessage(ChatRole.User, "Hello?")], new ChatOptions { Temperature = 0.8f });

        Assert.Equal(("A whole answer.", ChatFinishReason.Stop, 7L), (answer.Text, answer.FinishReason, answer.Usage?.OutputTokenCount));
        var sent = server.Requests[2].Body;
        Assert.Equal(["system", "user"], sent.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("role").GetString()));
        Assert.Equal("0.8", sent.GetProperty("temperature").GetRawText());
    }

    [Fact]
    public void Names_that_OpenAI_refuses_are_folded_apart_and_come_back()
    {
        string[] names = ["a.b", "a_b", "a b", "天気", new string('x', 70)];
        var functions = new FunctionNames(names);

        var sent = names.Select(functions.Send).ToList();

        Assert.Equal(["a_b_2", "a_b", "a_b_3", "__", new string('x', 64)], sent);
        Assert.Equal(names, sent.Select(functions.Restore));
        Assert.Equal("never_sent", functions.Restore("never_sent"));
    }

    // Bound and let go: nobody listens there.
    static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1";
    }
}
