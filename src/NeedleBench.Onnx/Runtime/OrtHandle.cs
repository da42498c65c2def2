using System.Runtime.InteropServices;

namespace NeedleBench.Onnx.Runtime;

/// <summary>
/// Owns one native object. While a <see cref="Lease"/> is out the object lives on, even where its owner disposes of it meanwhile.
/// </summary>
sealed unsafe class OrtHandle : SafeHandle
{
    readonly delegate* unmanaged<nint, void> _release;
    readonly IDisposable? _needs;
    volatile bool _disposed;

    /// <param name="pointer">The native object.</param>
    /// <param name="release">Frees it.</param>
    /// <param name="needs">What the object looks at, such as pinned memory: let go after the object is.</param>
    public OrtHandle(nint pointer, delegate* unmanaged<nint, void> release, IDisposable? needs = null)
        : base(0, ownsHandle: true)
    {
        _release = release;
        _needs = needs;
        SetHandle(pointer);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Keeps the object alive until the lease is disposed of.</summary>
    /// <exception cref="ObjectDisposedException">The owner has disposed of the object.</exception>
    public Lease Use() => new(this);

    protected override bool ReleaseHandle()
    {
        _release(handle);
        _needs?.Dispose();
        return true;
    }

    // A handle with leases out would still give others; its owner has let go, all the same.
    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        base.Dispose(disposing);
    }

    /// <summary>The right to use the native object. Not to be copied: each lease is given back once.</summary>
    public readonly struct Lease : IDisposable
    {
        readonly OrtHandle _handle;

        public Lease(OrtHandle handle)
        {
            ObjectDisposedException.ThrowIf(handle._disposed, handle);
            var added = false;
            handle.DangerousAddRef(ref added);
            _handle = handle;
        }

        public nint Pointer => _handle.DangerousGetHandle();

        public void Dispose() => _handle.DangerousRelease();
    }
}
