using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using NeedleBench.Chat;

namespace NeedleBench.EndToEnd.Tests;

/// <summary>The whole of what it takes to put a chat client under test: a provider that wraps it.</summary>
public sealed class ExampleChatProvider : IModelProvider
{
    public string Scheme => "example";

    public string Summary => "calls the first tool, without arguments; example:broken always fails";

    public ValueTask<IToolCallingModel> OpenAsync(ModelSpec spec, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IToolCallingModel>(new ChatClientModel(
            new FirstToolClient(spec.Rest == "broken"), new ModelInfo(spec.Rest, spec.Text, "unknown", Fingerprint: "")));

    sealed class FirstToolClient(bool broken) : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new(ChatRole.Assistant, [broken ? throw new TimeoutException("no answer") : new FunctionCallContent("1", options!.Tools![0].Name)]);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() => GC.SuppressFinalize(this);
    }
}
