using System.Runtime.InteropServices;

namespace NeedleBench.San.Kernels;

/// <summary>Floats outside the managed heap, aligned to a cache line, zero at first. Kernels read them by pointer.</summary>
sealed unsafe class FloatBuffer : SafeHandle
{
    const nuint Alignment = 64;

    public FloatBuffer(long length)
        : base(0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var bytes = checked((nuint)Math.Max(length, 1) * sizeof(float));
        var pointer = NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(pointer, bytes);
        SetHandle((nint)pointer);
        Length = length;
    }

    public long Length { get; }

    public float* Pointer => (float*)handle;

    public override bool IsInvalid => handle == 0;

    /// <summary>A view; the buffer must outlive it.</summary>
    public Span<float> Span => new(Pointer, checked((int)Length));

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
