namespace NeedleBench.Onnx.Runtime;

/// <summary>
/// Inputs and outputs that stay with a session from run to run, so that nothing is looked up or copied for each. What is
/// bound is kept alive until it is replaced or cleared, even where its owner disposes of it. Not thread-safe.
/// </summary>
public sealed unsafe class OnnxBinding : IDisposable
{
    readonly OrtRuntime _runtime;
    readonly OrtHandle _handle;
    readonly Needs _needs;
    readonly List<string> _outputs = [];
    bool _hasRun;

    internal OnnxBinding(OnnxSession session, OrtRuntime runtime, OrtHandle handle)
    {
        Session = session;
        _runtime = runtime;
        _needs = new Needs(handle.Use());
        nint binding;
        try
        {
            runtime.Api.Check(runtime.Api.CreateIoBinding(_needs.Session.Pointer, &binding));
        }
        catch
        {
            _needs.Dispose();
            throw;
        }

        _handle = new OrtHandle(binding, runtime.Api.ReleaseIoBinding, _needs);
    }

    /// <summary>The bound outputs' names, in the order in which they were first bound: that of <see cref="GetOutputs"/>.</summary>
    public IReadOnlyList<string> OutputNames => _outputs;

    internal OnnxSession Session { get; }

    internal bool HasInput(string name) => _needs.Inputs.ContainsKey(name);

    /// <summary>Gives an input its value, in place of an earlier one.</summary>
    /// <exception cref="ArgumentException">The model has no such input.</exception>
    /// <exception cref="OnnxRuntimeException">The value is refused.</exception>
    /// <exception cref="ObjectDisposedException">The binding or the value is disposed of.</exception>
    public void BindInput(string name, OnnxValue value) => Bind(_needs.Inputs, name, Session.InputName(name), value, _runtime.Api.BindInput);

    /// <summary>Has an output written into a tensor of the caller's, which must have the output's shape.</summary>
    /// <exception cref="ArgumentException">The model has no such output.</exception>
    /// <exception cref="OnnxRuntimeException">The value is refused.</exception>
    /// <exception cref="ObjectDisposedException">The binding or the value is disposed of.</exception>
    public void BindOutput(string name, OnnxValue value)
    {
        Bind(_needs.Outputs, name, Session.OutputName(name), value, _runtime.Api.BindOutput);
        Remember(name);
    }

    /// <summary>Has an output written into new memory of ONNX Runtime's at each run, of whatever shape it turns out to have.</summary>
    /// <exception cref="ArgumentException">The model has no such output.</exception>
    /// <exception cref="ObjectDisposedException">The binding is disposed of.</exception>
    public void BindOutput(string name)
    {
        BindToRuntime(name);
        Let(_needs.Outputs, name);
        Remember(name);
    }

    /// <summary>The outputs after a run, in the order of <see cref="OutputNames"/>, for the caller to dispose of.</summary>
    /// <exception cref="ObjectDisposedException">The binding is disposed of.</exception>
    public OnnxValue[] GetOutputs()
    {
        using var binding = _handle.Use();
        nint* values;
        nuint count;
        _runtime.Api.Check(_runtime.Api.GetBoundOutputValues(binding.Pointer, _runtime.Allocator, &values, &count));
        var outputs = new OnnxValue[(int)count];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = new OnnxValue(_runtime, values[i]);
        }

        if (values is not null)
        {
            _runtime.Free(values);
        }

        return outputs;
    }

    /// <exception cref="ObjectDisposedException">The binding is disposed of.</exception>
    public void ClearInputs()
    {
        using var binding = _handle.Use();
        _runtime.Api.ClearBoundInputs(binding.Pointer);
        Needs.Clear(_needs.Inputs);
    }

    /// <exception cref="ObjectDisposedException">The binding is disposed of.</exception>
    public void ClearOutputs()
    {
        using var binding = _handle.Use();
        _runtime.Api.ClearBoundOutputs(binding.Pointer);
        Needs.Clear(_needs.Outputs);
        _outputs.Clear();
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>
    /// Makes ready for a run. ONNX Runtime takes the values of the run before as memory to write into, whether or not their
    /// shape still fits and whoever holds them; so outputs in its memory are bound anew.
    /// </summary>
    internal OrtHandle.Lease UseForRun()
    {
        if (_hasRun)
        {
            foreach (var output in _outputs)
            {
                if (!_needs.Outputs.ContainsKey(output))
                {
                    BindToRuntime(output);
                }
            }
        }

        _hasRun = true;
        return _handle.Use();
    }

    void Bind(
        Dictionary<string, OrtHandle.Lease> bound,
        string name,
        byte[] bytes,
        OnnxValue value,
        delegate* unmanaged<nint, byte*, nint, nint> bind)
    {
        using var binding = _handle.Use();
        var lease = value.Use();
        try
        {
            _runtime.Api.Check(bind(binding.Pointer, NativeText.Pointer(bytes), lease.Pointer));
            GC.KeepAlive(bytes);
        }
        catch
        {
            lease.Dispose();
            throw;
        }

        Let(bound, name);
        bound[name] = lease;
    }

    void BindToRuntime(string output)
    {
        var bytes = Session.OutputName(output);
        using var binding = _handle.Use();
        _runtime.Api.Check(_runtime.Api.BindOutputToDevice(binding.Pointer, NativeText.Pointer(bytes), _runtime.CpuMemory));
        GC.KeepAlive(bytes);
    }

    void Remember(string output)
    {
        if (!_outputs.Contains(output))
        {
            _outputs.Add(output);
        }
    }

    static void Let(Dictionary<string, OrtHandle.Lease> bound, string name)
    {
        if (bound.Remove(name, out var earlier))
        {
            earlier.Dispose();
        }
    }

    /// <summary>What the native binding points to; let go only after it, also where a finaliser does so.</summary>
    sealed class Needs(OrtHandle.Lease session) : IDisposable
    {
        public OrtHandle.Lease Session { get; } = session;

        public Dictionary<string, OrtHandle.Lease> Inputs { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, OrtHandle.Lease> Outputs { get; } = new(StringComparer.Ordinal);

        public static void Clear(Dictionary<string, OrtHandle.Lease> bound)
        {
            foreach (var lease in bound.Values)
            {
                lease.Dispose();
            }

            bound.Clear();
        }

        public void Dispose()
        {
            Clear(Inputs);
            Clear(Outputs);
            Session.Dispose();
        }
    }
}
