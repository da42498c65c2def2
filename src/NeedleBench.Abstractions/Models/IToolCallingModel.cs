namespace NeedleBench;

/// <summary>
/// A model under test. Opened once and called many times, one call at a time; a model that can serve calls side by side
/// may, but nobody here asks it to, because latencies would then measure the neighbours.
/// </summary>
public interface IToolCallingModel : IDisposable
{
    /// <summary>What the model is and weighs.</summary>
    ModelInfo Info { get; }

    /// <summary>
    /// Answers one request. Greedy and repeatable where the model allows. Text that cannot be read is a response with a
    /// <see cref="ToolCallResponse.Failure"/>, not an exception; an exception means that the model itself failed.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    ValueTask<ToolCallResponse> CallAsync(ToolCallRequest request, CancellationToken cancellationToken = default);
}
