using Microsoft.Extensions.AI;
using NeedleBench.Chat;

namespace NeedleBench.EndToEnd.Tests;

/// <summary>All it takes to put a chat client under test: a provider that wraps it.</summary>
public sealed class ExampleChatProvider : IModelProvider
{
    public string Scheme => "example";

    public string Summary => "calls the first tool, without arguments; example:broken always fails";

    public ValueTask<IToolCallingModel> OpenAsync(ModelSpec spec, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IToolCallingModel>(new ChatClientModel(new FirstToolClient(spec.Rest), new ModelInfo(spec.Rest, spec.Text, "unknown", "")));

    sealed class FirstToolClient(string name) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            name == "broken" ? throw new TimeoutException("no answer")
                : Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", options!.Tools![0].Name)])));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetResponseAsync(messages, options, cancellationToken).Result.ToChatResponseUpdates().ToAsyncEnumerable();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }
    }
}
