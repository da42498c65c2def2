using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NeedleBench.San.Checkpoints;

/// <summary>
/// An open safetensors file. Opening reads and checks the header only; tensors are read one at a time, by plain positioned
/// reads rather than a memory map, so that a file which another process cuts short is an error and not a crash.
/// Reading is safe from several threads at once.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    const int ChunkBytes = 1 << 18;
    const string ChangedMend = "Export the tensor as F32, F16 or BF16.";

    readonly SafeFileHandle? _handle;
    readonly ReadOnlyMemory<byte> _bytes;
    readonly long _dataStart;
    readonly Dictionary<string, TensorEntry> _tensors;
    readonly Dictionary<string, string> _metadata;

    SafetensorsFile(string name, SafeFileHandle? handle, ReadOnlyMemory<byte> bytes)
    {
        DisplayName = name;
        _handle = handle;
        _bytes = bytes;
        var length = handle is null ? bytes.Length : RandomAccess.GetLength(handle);
        Span<byte> prefix = stackalloc byte[8];
        ReadRaw(prefix[..(int)Math.Min(8, length)], 0);
        var header = new byte[SafetensorsHeader.LengthOf(prefix, length, name)];
        ReadRaw(header, 8);
        _dataStart = 8 + header.Length;
        (_tensors, _metadata) = SafetensorsHeader.Parse(header, length - _dataStart, name);
    }

    /// <summary>What error messages call the file.</summary>
    public string DisplayName { get; }

    /// <summary>The header's rows by tensor name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors => _tensors;

    /// <summary>The free text pairs under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <exception cref="InputException">The file cannot be read, or its header breaks the format's rules.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path);
            return new SafetensorsFile(path, handle, default);
        }
        catch (Exception error)
        {
            handle?.Dispose();
            if (!CheckpointFiles.IsRefusal(error))
            {
                throw;
            }

            throw new InputException(
                $"the file cannot be read: {error.Message.TrimEnd('.')}", "Give the path of a readable safetensors file.", path, inner: error);
        }
    }

    /// <summary>Opens a file that is already in memory, an embedded resource for example. The bytes must not change.</summary>
    /// <exception cref="InputException">Its header breaks the format's rules.</exception>
    public static SafetensorsFile Open(ReadOnlyMemory<byte> bytes, string displayName) => new(displayName, null, bytes);

    /// <summary>Reads one tensor, row-major, as floats.</summary>
    /// <param name="name">A name in <see cref="Tensors"/>.</param>
    /// <param name="destination">Takes exactly as many values as the tensor has.</param>
    /// <exception cref="InputException">There is no such tensor, its format is not F32, F16 or BF16, or the file cannot be read.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length than the tensor.</exception>
    public void Read(string name, Span<float> destination)
    {
        var entry = Entry(name);
        if (entry.Count != destination.Length)
        {
            throw new ArgumentException($"Tensor '{name}' has {entry.Count} values, the destination {destination.Length}.", nameof(destination));
        }

        switch (entry.Dtype)
        {
            case "F32":
                ReadRaw(MemoryMarshal.AsBytes(destination), _dataStart + entry.Begin);
                break;
            case "F16" or "BF16":
                ReadSixteenBit(entry, destination);
                break;
            default:
                throw new InputException(
                    $"tensor '{CheckpointText.Short(name)}' is {entry.Dtype}; only F32, F16 and BF16 are read", ChangedMend, DisplayName);
        }
    }

    /// <summary>Whether two tensors have the same format, shape and bytes.</summary>
    /// <exception cref="InputException">There is no such tensor, or the file cannot be read.</exception>
    public bool AreSame(string first, string second)
    {
        var (a, b) = (Entry(first), Entry(second));
        if (a.Dtype != b.Dtype || !a.Shape.SequenceEqual(b.Shape))
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(2 * ChunkBytes);
        try
        {
            var length = a.End - a.Begin;
            for (var done = 0L; done < length; done += ChunkBytes)
            {
                var count = (int)Math.Min(ChunkBytes, length - done);
                ReadRaw(buffer.AsSpan(0, count), _dataStart + a.Begin + done);
                ReadRaw(buffer.AsSpan(count, count), _dataStart + b.Begin + done);
                if (!buffer.AsSpan(0, count).SequenceEqual(buffer.AsSpan(count, count)))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _handle?.Dispose();

    TensorEntry Entry(string name) => _tensors.TryGetValue(name, out var entry)
        ? entry
        : throw new InputException($"there is no tensor '{CheckpointText.Short(name)}'", "Give a checkpoint that has it.", DisplayName);

    void ReadSixteenBit(TensorEntry entry, Span<float> destination)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (var done = 0; done < destination.Length; done += ChunkBytes / sizeof(ushort))
            {
                var target = destination.Slice(done, Math.Min(ChunkBytes / sizeof(ushort), destination.Length - done));
                var raw = buffer.AsSpan(0, target.Length * sizeof(ushort));
                ReadRaw(raw, _dataStart + entry.Begin + ((long)done * sizeof(ushort)));
                var bits = MemoryMarshal.Cast<byte, ushort>(raw);
                if (entry.Dtype == "BF16")
                {
                    SixteenBitFloats.FromBFloat16(bits, target);
                }
                else
                {
                    SixteenBitFloats.FromHalf(bits, target);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    void ReadRaw(Span<byte> destination, long offset)
    {
        if (_handle is null)
        {
            _bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);
            return;
        }

        try
        {
            CheckpointFiles.ReadExactly(_handle, destination, offset, DisplayName);
        }
        catch (IOException error)
        {
            throw new InputException(
                $"the file cannot be read: {error.Message.TrimEnd('.')}", "Check the disk it lies on.", DisplayName, inner: error);
        }
    }
}
