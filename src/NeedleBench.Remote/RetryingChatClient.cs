using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace NeedleBench.Remote;

/// <summary>A chat client whose requests are tried again; an answer comes whole, because half of one cannot be taken back.</summary>
sealed class RetryingChatClient(IChatClient client, Retrying retrying) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = messages.ToList();
        return await retrying.RunAsync(
            async token => await client.GetResponseAsync(all, options, token), cancellationToken);
    }

    /// <summary>One burst.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType is not null && serviceType.IsInstanceOfType(this) ? this : client.GetService(serviceType!, serviceKey);

    public void Dispose() => client.Dispose();
}
