namespace NeedleBench.Onnx.Runtime;

/// <summary>A model, ready to run. Threads may run it at the same time; disposing of it waits for none and harms none.</summary>
public sealed unsafe class OnnxSession : IDisposable
{
    readonly OrtRuntime _runtime;
    readonly OrtHandle _handle;
    readonly Dictionary<string, byte[]> _inputNames;
    readonly Dictionary<string, byte[]> _outputNames;
    readonly string[] _outputs;
    readonly string[] _required;

    OnnxSession(OrtRuntime runtime, nint session)
    {
        _runtime = runtime;
        _handle = new OrtHandle(session, runtime.Api.ReleaseSession);
        try
        {
            Inputs = OrtMetadata.Inputs(runtime, session);
            Outputs = OrtMetadata.Outputs(runtime, session);
            Metadata = OrtMetadata.Texts(runtime, session);
        }
        catch
        {
            _handle.Dispose();
            throw;
        }

        _inputNames = Inputs.ToDictionary(input => input.Name, input => NativeText.Utf8(input.Name), StringComparer.Ordinal);
        _outputNames = Outputs.ToDictionary(output => output.Name, output => NativeText.Utf8(output.Name), StringComparer.Ordinal);
        _outputs = [.. Outputs.Select(output => output.Name)];

        // Of what is no tensor, some may be left out; a tensor that has a default is not among the inputs.
        _required = [.. Inputs.Where(input => input.ElementType != OnnxElementType.Undefined).Select(input => input.Name)];
    }

    /// <summary>In the model's order.</summary>
    public IReadOnlyList<OnnxTensorInfo> Inputs { get; }

    /// <summary>In the model's order.</summary>
    public IReadOnlyList<OnnxTensorInfo> Outputs { get; }

    /// <summary>The free texts that the model carries.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a model file; weights in external files are found beside it.</summary>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <param name="options">How it runs; null for the defaults.</param>
    /// <exception cref="InputException">
    /// The file is missing or is not a model that this library can run (the inner exception is then the
    /// <see cref="OnnxRuntimeException"/>), or the library itself is missing.
    /// </exception>
    public static OnnxSession Open(string path, OnnxSessionOptions? options = null)
    {
        var runtime = OnnxRuntimeLibrary.Runtime;
        var api = runtime.Api;
        using var native = OrtSessionOptions.Create(api, options ?? new OnnxSessionOptions());
        using var lease = native.Use();
        var name = NativeText.Path(path);
        try
        {
            nint session;
            api.Check(api.CreateSession(runtime.Environment, NativeText.Pointer(name), lease.Pointer, &session));
            GC.KeepAlive(name);
            return new OnnxSession(runtime, session);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InputException(
                $"ONNX Runtime {runtime.Version} cannot open the model ({e.Message.TrimEnd('.')})",
                e.Code == OnnxRuntimeErrorCode.NoSuchFile
                    ? "Name a model file that is there, with the weight files it asks for beside it."
                    : "Download or export the model again, or set NEEDLEBENCH_ONNXRUNTIME to a newer library.",
                path,
                inner: e);
        }
    }

    /// <summary>Opens a model in memory, which need not be kept; its weights must be in it.</summary>
    /// <param name="model">What an <c>.onnx</c> file holds.</param>
    /// <param name="options">How it runs; null for the defaults.</param>
    /// <exception cref="OnnxRuntimeException">The bytes are not a model that this library can run.</exception>
    /// <exception cref="InputException">ONNX Runtime's library is missing.</exception>
    public static OnnxSession FromBytes(ReadOnlySpan<byte> model, OnnxSessionOptions? options = null)
    {
        var runtime = OnnxRuntimeLibrary.Runtime;
        var api = runtime.Api;
        using var native = OrtSessionOptions.Create(api, options ?? new OnnxSessionOptions());
        using var lease = native.Use();
        nint session;
        fixed (byte* data = model)
        {
            api.Check(api.CreateSessionFromArray(runtime.Environment, data, (nuint)model.Length, lease.Pointer, &session));
        }

        return new OnnxSession(runtime, session);
    }

    /// <param name="inputs">Values by the model's names, each once; all that the model asks for must be there.</param>
    /// <param name="outputs">Which outputs to compute; none for all, in the model's order.</param>
    /// <param name="cancellation">Stops the run between two operators.</param>
    /// <returns>One value for each of <paramref name="outputs"/>, for the caller to dispose of.</returns>
    /// <exception cref="ArgumentException">The model has no input or output of a name, or an input is missing.</exception>
    /// <exception cref="OnnxRuntimeException">An input has a wrong type or shape, or an operator failed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The session or a value is disposed of.</exception>
    public OnnxValue[] Run(
        ReadOnlySpan<(string Name, OnnxValue Value)> inputs, ReadOnlySpan<string> outputs = default, CancellationToken cancellation = default)
    {
        outputs = outputs.IsEmpty ? _outputs : outputs;
        if (inputs.Length < _required.Length)
        {
            var given = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (name, _) in inputs)
            {
                given.Add(name);
            }

            RequireInputs(given.Contains);
        }

        var names = new nint[inputs.Length + outputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            names[i] = (nint)NativeText.Pointer(InputName(inputs[i].Name));
        }

        for (var i = 0; i < outputs.Length; i++)
        {
            names[inputs.Length + i] = (nint)NativeText.Pointer(OutputName(outputs[i]));
        }

        var results = new nint[outputs.Length];
        var values = new nint[inputs.Length];
        var leases = new OrtHandle.Lease[inputs.Length];
        var held = 0;
        try
        {
            for (; held < inputs.Length; held++)
            {
                leases[held] = inputs[held].Value.Use();
                values[held] = leases[held].Pointer;
            }

            using var session = _handle.Use();
            using var run = new OrtRun(_runtime.Api, cancellation);
            fixed (nint* name = names, value = values, result = results)
            {
                run.Check(_runtime.Api.Run(
                    session.Pointer, run.Options, (byte**)name, value, (nuint)values.Length,
                    (byte**)(name + values.Length), (nuint)results.Length, result));
            }
        }
        finally
        {
            for (var i = 0; i < held; i++)
            {
                leases[i].Dispose();
            }

            GC.KeepAlive(this);
        }

        return Array.ConvertAll(results, result => new OnnxValue(_runtime, result));
    }

    /// <summary>Runs on what is bound. Outputs bound to memory of ONNX Runtime's are new values after each run.</summary>
    /// <param name="binding">Inputs and outputs, of this session.</param>
    /// <param name="cancellation">Stops the run between two operators.</param>
    /// <exception cref="ArgumentException">The binding is another session's, or an input is not bound.</exception>
    /// <exception cref="OnnxRuntimeException">An input has a wrong type or shape, or an operator failed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The session or the binding is disposed of.</exception>
    public void Run(OnnxBinding binding, CancellationToken cancellation = default)
    {
        if (binding.Session != this)
        {
            throw new ArgumentException("The binding belongs to another session.", nameof(binding));
        }

        using var session = _handle.Use();
        using var bound = binding.UseForRun();
        RequireInputs(binding.HasInput);
        using var run = new OrtRun(_runtime.Api, cancellation);
        run.Check(_runtime.Api.RunWithBinding(session.Pointer, run.Options, bound.Pointer));
    }

    /// <summary>A binding that nothing is bound in yet.</summary>
    /// <exception cref="ObjectDisposedException">The session is disposed of.</exception>
    public OnnxBinding CreateBinding() => new(this, _runtime, _handle);

    public void Dispose() => _handle.Dispose();

    internal byte[] InputName(string name) => Known(_inputNames, name, "input");

    internal byte[] OutputName(string name) => Known(_outputNames, name, "output");

    // ONNX Runtime would run, and fail with words about an operator that finds nothing.
    void RequireInputs(Predicate<string> isGiven)
    {
        if (Array.Find(_required, name => !isGiven(name)) is { } missing)
        {
            throw new ArgumentException($"The model's input '{missing}' has no value.");
        }
    }

    static byte[] Known(Dictionary<string, byte[]> names, string name, string kind) =>
        names.TryGetValue(name, out var bytes)
            ? bytes
            : throw new ArgumentException($"The model has no {kind} '{name}'; it has {string.Join(", ", names.Keys)}.", nameof(name));
}
