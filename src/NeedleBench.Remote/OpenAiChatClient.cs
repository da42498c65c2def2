using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace NeedleBench.Remote;

/// <summary>
/// One attempt at an OpenAI-compatible server, streamed. The OpenAI package carries it (address, key, errors); the events are
/// read here, because its own reader fails at what llama.cpp, Ollama and vLLM add to them.
/// </summary>
sealed class OpenAiChatClient(ChatClient client, OpenAiOptions server) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var names = new FunctionNames((options?.Tools ?? []).OfType<AIFunctionDeclaration>().Select(tool => tool.Name));
        using var body = CompletionRequest.Write(server, messages, options, names);
        var request = new RequestOptions { BufferResponse = false, CancellationToken = cancellationToken };
        request.SetHeader("Accept", "text/event-stream");
        var result = await client.CompleteChatAsync(body, request);
        using var response = result.GetRawResponse();
        await using var stream = response.ContentStream ?? Stream.Null;
        await foreach (var update in CompletionStream.ReadAsync(stream, names, cancellationToken))
        {
            update.ModelId = server.Model;
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", server.Endpoint, server.Model)
            : serviceType.IsInstanceOfType(client) ? client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
        // The package keeps one pool of connections for the process.
    }
}
