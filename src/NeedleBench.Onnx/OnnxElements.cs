using System.Runtime.InteropServices;

namespace NeedleBench.Onnx;

/// <summary>Element types against .NET's types and bytes.</summary>
public static class OnnxElements
{
    /// <summary>The element type that <typeparamref name="T"/> holds, bit for bit.</summary>
    /// <exception cref="NotSupportedException">No element type is <typeparamref name="T"/>.</exception>
    public static OnnxElementType TypeOf<T>()
        where T : unmanaged =>
        default(T) switch
        {
            float => OnnxElementType.Float,
            Half => OnnxElementType.Float16,
            long => OnnxElementType.Int64,
            int => OnnxElementType.Int32,
            sbyte => OnnxElementType.Int8,
            byte => OnnxElementType.UInt8,
            bool => OnnxElementType.Bool,
            double => OnnxElementType.Double,
            short => OnnxElementType.Int16,
            ushort => OnnxElementType.UInt16,
            uint => OnnxElementType.UInt32,
            ulong => OnnxElementType.UInt64,
            _ => throw new NotSupportedException($"No tensor element type is {typeof(T).Name}."),
        };

    /// <summary>Bytes of one element.</summary>
    /// <exception cref="NotSupportedException">The type's elements have no fixed size.</exception>
    public static int SizeOf(OnnxElementType type) => type switch
    {
        OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Bool => 1,
        OnnxElementType.UInt16 or OnnxElementType.Int16 or OnnxElementType.Float16 or OnnxElementType.BFloat16 => 2,
        OnnxElementType.Float or OnnxElementType.Int32 or OnnxElementType.UInt32 => 4,
        OnnxElementType.Double or OnnxElementType.Int64 or OnnxElementType.UInt64 or OnnxElementType.Complex64 => 8,
        OnnxElementType.Complex128 => 16,
        _ => throw new NotSupportedException($"Elements of type {type} have no fixed size."),
    };

    /// <summary>How many elements a tensor of this shape has: 1 for a scalar's empty shape, 0 where a dimension is 0.</summary>
    /// <exception cref="ArgumentException">A dimension is negative, or there are more than 2^63 - 1 elements.</exception>
    public static long Count(ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            if (size < 0)
            {
                throw new ArgumentException($"A tensor's shape cannot hold {size}.", nameof(shape));
            }

            try
            {
                count = checked(count * size);
            }
            catch (OverflowException e)
            {
                throw new ArgumentException($"A tensor of shape [{Text(shape)}] is too large.", nameof(shape), e);
            }
        }

        return count;
    }

    /// <summary>The values' bytes as ONNX stores them, little-endian; the same memory on every machine that .NET 10 runs on here.</summary>
    public static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged =>
        BitConverter.IsLittleEndian
            ? MemoryMarshal.AsBytes(values)
            : throw new PlatformNotSupportedException("ONNX files are little-endian, and this machine is not.");

    internal static string Text(ReadOnlySpan<long> shape) => string.Join(',', shape.ToArray());
}
