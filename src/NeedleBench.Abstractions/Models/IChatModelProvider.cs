using Microsoft.Extensions.AI;

namespace NeedleBench;

/// <summary>A provider whose models also answer in free text, so that one can teach: write requests, or judge them.</summary>
public interface IChatModelProvider : IModelProvider
{
    /// <summary>Opens a model for chat. Faults that may pass (a busy server, a cut connection) are retried inside.</summary>
    /// <exception cref="InputException">The spec, or what it points at, cannot be used.</exception>
    ValueTask<IChatClient> OpenChatAsync(ModelSpec spec, CancellationToken cancellationToken = default);
}
