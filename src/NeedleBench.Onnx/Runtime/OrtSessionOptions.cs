namespace NeedleBench.Onnx.Runtime;

/// <summary>Turns <see cref="OnnxSessionOptions"/> into the native object.</summary>
static unsafe class OrtSessionOptions
{
    /// <exception cref="OnnxRuntimeException">A setting is refused.</exception>
    public static OrtHandle Create(OrtApi api, OnnxSessionOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.IntraOpThreads);
        ArgumentOutOfRangeException.ThrowIfNegative(options.InterOpThreads);
        nint native;
        api.Check(api.CreateSessionOptions(&native));
        var handle = new OrtHandle(native, api.ReleaseSessionOptions);
        try
        {
            api.Check(api.SetIntraOpNumThreads(native, options.IntraOpThreads));
            api.Check(api.SetInterOpNumThreads(native, options.InterOpThreads));
            api.Check(api.SetSessionExecutionMode(native, options.ParallelOperators ? 1 : 0));
            api.Check(api.SetSessionGraphOptimizationLevel(native, (int)options.Optimization));
            api.Check(options.MemoryPattern ? api.EnableMemPattern(native) : api.DisableMemPattern(native));
            api.Check(options.CpuArena ? api.EnableCpuMemArena(native) : api.DisableCpuMemArena(native));
            Set(api, native, "session.intra_op.allow_spinning", options.Spinning ? "1" : "0");
            Set(api, native, "session.inter_op.allow_spinning", options.Spinning ? "1" : "0");
            foreach (var (key, value) in options.Settings ?? new Dictionary<string, string>())
            {
                Set(api, native, key, value);
            }

            if (options.OptimizedModelFile is { } file)
            {
                var path = NativeText.Path(file);
                api.Check(api.SetOptimizedModelFilePath(native, NativeText.Pointer(path)));
                GC.KeepAlive(path);
            }

            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    static void Set(OrtApi api, nint options, string key, string value)
    {
        var (keyBytes, valueBytes) = (NativeText.Utf8(key), NativeText.Utf8(value));
        api.Check(api.AddSessionConfigEntry(options, NativeText.Pointer(keyBytes), NativeText.Pointer(valueBytes)));
        GC.KeepAlive(keyBytes);
        GC.KeepAlive(valueBytes);
    }
}
