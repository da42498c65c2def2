namespace NeedleBench.Onnx.Runtime;

/// <summary>
/// A tensor that sessions read and write: over memory of ours, which is never copied, or over memory that ONNX Runtime
/// allocated. Row-major. Reading is thread-safe; disposing twice is harmless.
/// </summary>
public sealed unsafe class OnnxValue : IDisposable
{
    readonly OrtRuntime _runtime;
    readonly OrtHandle _handle;
    long[]? _shape;
    OnnxElementType _elementType;

    internal OnnxValue(OrtRuntime runtime, nint value, IDisposable? memory = null)
    {
        _runtime = runtime;
        _handle = new OrtHandle(value, runtime.Api.ReleaseValue, memory);
    }

    /// <summary>
    /// A tensor over managed memory, which is pinned until this value, and every binding that holds it, lets go. What is
    /// written there later is what later runs read.
    /// </summary>
    /// <param name="memory">At least as many elements as the shape has.</param>
    /// <param name="shape">Sizes of the dimensions; none for a scalar.</param>
    /// <exception cref="ArgumentException">The memory is too small for the shape, or a size is negative.</exception>
    /// <exception cref="NotSupportedException">No element type is <typeparamref name="T"/>.</exception>
    /// <exception cref="InputException">ONNX Runtime's library is missing.</exception>
    public static OnnxValue Over<T>(Memory<T> memory, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var type = OnnxElements.TypeOf<T>();
        if (OnnxElements.Count(shape) > memory.Length)
        {
            throw new ArgumentException($"{memory.Length} elements are too few for the shape [{OnnxElements.Text(shape)}].", nameof(memory));
        }

        var pin = memory.Pin();
        try
        {
            return Over(pin.Pointer, type, shape, pin);
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="Over{T}(Memory{T}, ReadOnlySpan{long})"/>
    public static OnnxValue Over<T>(T[] memory, params ReadOnlySpan<long> shape)
        where T : unmanaged =>
        Over(memory.AsMemory(), shape);

    /// <summary>
    /// A tensor over native memory, which must hold the whole shape, and must stay where it is until this value, and every
    /// binding that holds it, lets go.
    /// </summary>
    /// <exception cref="ArgumentException">A size is negative.</exception>
    /// <exception cref="InputException">ONNX Runtime's library is missing.</exception>
    public static OnnxValue OverNative(void* memory, OnnxElementType type, params ReadOnlySpan<long> shape) =>
        Over(memory, type, shape, null);

    /// <summary>A tensor in memory of ONNX Runtime's, which is not cleared.</summary>
    /// <exception cref="ArgumentException">A size is negative.</exception>
    /// <exception cref="OnnxRuntimeException">There is not enough memory.</exception>
    /// <exception cref="InputException">ONNX Runtime's library is missing.</exception>
    public static OnnxValue Allocate(OnnxElementType type, params ReadOnlySpan<long> shape)
    {
        _ = OnnxElements.Count(shape) * OnnxElements.SizeOf(type);
        var runtime = OnnxRuntimeLibrary.Runtime;
        nint value;
        fixed (long* sizes = shape)
        {
            runtime.Api.Check(runtime.Api.CreateTensorAsOrtValue(runtime.Allocator, sizes, (nuint)shape.Length, (int)type, &value));
        }

        return new OnnxValue(runtime, value);
    }

    /// <exception cref="NotSupportedException">The value is not a tensor.</exception>
    public OnnxElementType ElementType
    {
        get
        {
            Describe();
            return _elementType;
        }
    }

    /// <summary>Sizes of the dimensions; empty for a scalar.</summary>
    /// <exception cref="NotSupportedException">The value is not a tensor.</exception>
    public ReadOnlySpan<long> Shape => Describe();

    /// <summary>How many elements there are.</summary>
    /// <exception cref="NotSupportedException">The value is not a tensor.</exception>
    public long Count => OnnxElements.Count(Shape);

    /// <summary>Where the elements stand; valid until this value lets go.</summary>
    /// <exception cref="NotSupportedException">The value is not a tensor.</exception>
    public void* Address
    {
        get
        {
            Describe();
            using var value = _handle.Use();
            void* data;
            _runtime.Api.Check(_runtime.Api.GetTensorMutableData(value.Pointer, &data));
            return data;
        }
    }

    /// <summary>The elements themselves, not a copy; valid until this value is disposed of, so keep the value for as long as the span.</summary>
    /// <exception cref="InvalidOperationException">The elements are not <typeparamref name="T"/>.</exception>
    /// <exception cref="NotSupportedException">The value is not a tensor, or has more elements than a span can.</exception>
    public Span<T> AsSpan<T>()
        where T : unmanaged
    {
        if (ElementType != OnnxElements.TypeOf<T>())
        {
            throw new InvalidOperationException($"The tensor holds {ElementType}, not {typeof(T).Name}.");
        }

        var count = Count;
        return count <= int.MaxValue
            ? new Span<T>(Address, (int)count)
            : throw new NotSupportedException($"A tensor of {count} elements is more than a span can show.");
    }

    public void Dispose() => _handle.Dispose();

    internal OrtHandle.Lease Use() => _handle.Use();

    static OnnxValue Over(void* memory, OnnxElementType type, ReadOnlySpan<long> shape, IDisposable? pin)
    {
        var runtime = OnnxRuntimeLibrary.Runtime;
        var bytes = checked((nuint)(OnnxElements.Count(shape) * OnnxElements.SizeOf(type)));
        nint value;
        fixed (long* sizes = shape)
        {
            runtime.Api.Check(runtime.Api.CreateTensorWithDataAsOrtValue(
                runtime.CpuMemory, memory, bytes, sizes, (nuint)shape.Length, (int)type, &value));
        }

        return new OnnxValue(runtime, value, pin);
    }

    long[] Describe()
    {
        if (Volatile.Read(ref _shape) is { } known)
        {
            return known;
        }

        var api = _runtime.Api;
        using var value = _handle.Use();
        int tensor;
        api.Check(api.IsTensor(value.Pointer, &tensor));
        if (tensor == 0)
        {
            throw new NotSupportedException("The value is not a tensor.");
        }

        nint info;
        api.Check(api.GetTensorTypeAndShape(value.Pointer, &info));
        try
        {
            (_elementType, var shape) = OrtMetadata.TypeAndShape(api, info);
            Volatile.Write(ref _shape, shape);
            return shape;
        }
        finally
        {
            api.ReleaseTensorTypeAndShapeInfo(info);
        }
    }
}
