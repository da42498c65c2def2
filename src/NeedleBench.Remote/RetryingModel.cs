namespace NeedleBench.Remote;

/// <summary>A model whose calls are tried again. Its timing is that of the attempt that answered.</summary>
sealed class RetryingModel(IToolCallingModel model, Retrying retrying) : IToolCallingModel
{
    public ModelInfo Info => model.Info;

    public ValueTask<ToolCallResponse> CallAsync(ToolCallRequest request, CancellationToken cancellationToken = default) =>
        retrying.RunAsync(token => model.CallAsync(request, token), cancellationToken);

    public void Dispose() => model.Dispose();
}
