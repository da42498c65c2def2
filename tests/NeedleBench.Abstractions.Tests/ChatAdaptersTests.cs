using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using NeedleBench.Chat;

namespace NeedleBench.Abstractions.Tests;

public class ChatAdaptersTests
{
    static readonly IReadOnlyList<ToolDefinition> Tools = ToolDefinitionJson.ParseList(
        """[{"name":"set_timer","description":"Start a timer.","parameters":{"type":"object","properties":{"minutes":{"type":"integer"}},"required":["minutes"]}}]""");

    static readonly ModelInfo Info = new("fake", "fake:x", "unknown", "");

    [Fact]
    public async Task A_chat_client_gets_the_tools_with_their_schema_and_its_calls_come_back()
    {
        using var client = new FakeChatClient(new FunctionCallContent("1", "set_timer", new Dictionary<string, object?> { ["minutes"] = 10 }));
        using var model = new ChatClientModel(client, Info);

        var answer = await model.CallAsync(new ToolCallRequest("ten minutes", Tools) { MaxOutputTokens = 9 });

        var declaration = Assert.IsAssignableFrom<AIFunctionDeclaration>(Assert.Single(client.Options!.Tools!));
        Assert.Equal("set_timer", declaration.Name);
        Assert.Equal(Tools[0].Schema.GetRawText(), declaration.JsonSchema.GetRawText());
        Assert.Equal((9, 0f), (client.Options.MaxOutputTokens, client.Options.Temperature));
        Assert.Equal("ten minutes", client.Query);
        Assert.Equal("""[{"name":"set_timer","arguments":{"minutes":10}}]""", ToolCallJson.Write(answer.Calls));
        Assert.True(answer.Timing.TimeToFirstTokenSeconds <= answer.Timing.TotalSeconds);
        Assert.Equal((21, 4), (answer.Timing.PromptTokens, answer.Timing.GeneratedTokens));
    }

    [Fact]
    public async Task Prose_is_a_refusal_and_unreadable_arguments_are_a_failure()
    {
        using var prose = new ChatClientModel(new FakeChatClient(new TextContent("I cannot.")), Info);
        using var broken = new ChatClientModel(
            new FakeChatClient(new FunctionCallContent("1", "set_timer") { Exception = new JsonException("bad") }), Info);
        var request = new ToolCallRequest("q", Tools);

        var refused = await prose.CallAsync(request);
        var failed = await broken.CallAsync(request);

        Assert.Equal(("I cannot.", 0, null), (refused.RawText, refused.Calls.Count, refused.Failure));
        Assert.Equal(ParseFailureKind.NotACall, failed.Failure!.Kind);
        Assert.Empty(failed.Calls);
    }

    [Theory]
    [InlineData("stop", ParseFailureKind.NotACall)]
    [InlineData("length", ParseFailureKind.Truncated)]
    public async Task Unreadable_arguments_keep_their_text_and_a_cut_answer_is_called_cut(string finish, ParseFailureKind kind)
    {
        var broken = new FunctionCallContent("1", "set_timer") { Exception = new JsonException("bad"), RawRepresentation = "{\"minutes\":" };
        using var model = new ChatClientModel(new FakeChatClient(broken, finish), Info);

        var answer = await model.CallAsync(new ToolCallRequest("q", Tools));

        Assert.Equal((kind, "set_timer({\"minutes\":)"), (answer.Failure!.Kind, answer.RawText));
    }

    [Fact]
    public async Task A_scheme_whose_models_only_call_tools_cannot_be_opened_for_chat()
    {
        var catalog = new ModelCatalog([new ToolsOnlyProvider()]);

        var error = await Assert.ThrowsAsync<InputException>(async () => await catalog.OpenChatAsync("tools:x"));

        Assert.Contains("'tools:'", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_model_behind_a_chat_client_behind_the_model_adapter_answers_the_same()
    {
        using var client = new FakeChatClient(new FunctionCallContent("1", "set_timer", new Dictionary<string, object?> { ["minutes"] = 10 }));
        using var roundTrip = new ChatClientModel(new ToolCallingChatClient(new ChatClientModel(client, Info)), Info);

        var answer = await roundTrip.CallAsync(new ToolCallRequest("ten minutes", Tools));

        Assert.Equal("""[{"name":"set_timer","arguments":{"minutes":10}}]""", answer.RawText);
        Assert.Equal(Tools[0].Schema.GetRawText(), ((AIFunctionDeclaration)client.Options!.Tools![0]).JsonSchema.GetRawText());
    }

    sealed class ToolsOnlyProvider : IModelProvider
    {
        public string Scheme => "tools";

        public string Summary => "";

        public ValueTask<IToolCallingModel> OpenAsync(ModelSpec spec, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    sealed class FakeChatClient(AIContent content, string finish = "stop") : IChatClient
    {
        public ChatOptions? Options { get; private set; }

        public string? Query { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Options = options;
            Query = messages.Single().Text;
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, []);
            yield return new ChatResponseUpdate(ChatRole.Assistant, [content]) { FinishReason = new ChatFinishReason(finish) };
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 21, OutputTokenCount = 4 })]);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
