namespace NeedleBench.Onnx.Runtime;

/// <summary>One run's options, which exist only where the run can be cancelled.</summary>
readonly unsafe struct OrtRun : IDisposable
{
    readonly OrtApi _api;
    readonly CancellationToken _cancellation;
    readonly CancellationTokenRegistration _registration;

    /// <exception cref="OperationCanceledException">The run is cancelled already.</exception>
    public OrtRun(OrtApi api, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _api = api;
        _cancellation = cancellation;
        if (cancellation.CanBeCanceled)
        {
            nint created;
            api.Check(api.CreateRunOptions(&created));
            var options = Options = created;
            _registration = cancellation.UnsafeRegister(_ => api.Check(api.RunOptionsSetTerminate(options)), null);
        }
    }

    /// <summary>Null for the defaults.</summary>
    public nint Options { get; }

    /// <exception cref="OperationCanceledException">The run failed because it was cancelled.</exception>
    /// <exception cref="OnnxRuntimeException">The run failed.</exception>
    public void Check(nint status)
    {
        try
        {
            _api.Check(status);
        }
        catch (OnnxRuntimeException e) when (_cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, _cancellation);
        }
    }

    public void Dispose()
    {
        // Waits for a cancellation under way, which still needs the options.
        _registration.Dispose();
        if (Options != 0)
        {
            _api.ReleaseRunOptions(Options);
        }
    }
}
