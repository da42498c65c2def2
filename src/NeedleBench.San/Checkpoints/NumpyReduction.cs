using System.Buffers.Binary;
using System.Text;

namespace NeedleBench.San.Checkpoints;

/// <summary>
/// What the few calls that pickled NumPy arrays are made of mean (NumPy's <c>array_reduce</c>, <c>_frombuffer</c>,
/// <c>arraydescr_reduce</c> and <c>gentype_reduce</c>). Arguments of any other form give null or a problem, never an attempt.
/// </summary>
static class NumpyReduction
{
    const int MaxRank = 8;

    static readonly Dictionary<(string Module, string Name), PickleGlobal> Allowed = new()
    {
        [("numpy.core.multiarray", "_reconstruct")] = PickleGlobal.ReconstructArray,
        [("numpy._core.multiarray", "_reconstruct")] = PickleGlobal.ReconstructArray,
        [("numpy.core.numeric", "_frombuffer")] = PickleGlobal.ArrayFromBuffer,
        [("numpy._core.numeric", "_frombuffer")] = PickleGlobal.ArrayFromBuffer,
        [("numpy.core.multiarray", "scalar")] = PickleGlobal.Scalar,
        [("numpy._core.multiarray", "scalar")] = PickleGlobal.Scalar,
        [("numpy", "ndarray")] = PickleGlobal.ArrayClass,
        [("numpy", "dtype")] = PickleGlobal.DtypeClass,
        [("ml_dtypes", "bfloat16")] = PickleGlobal.BFloat16Class,
        [("_codecs", "encode")] = PickleGlobal.EncodeText,
    };

    public static bool TryFind(string module, string name, out PickleGlobal global) => Allowed.TryGetValue((module, name), out global);

    /// <summary>The result of a call, or null and what is wrong with it.</summary>
    public static object? Call(PickleGlobal function, object?[] arguments, out string problem)
    {
        problem = "its arguments are not those that NumPy writes";
        return (function, arguments) switch
        {
            (PickleGlobal.ReconstructArray, [PickleGlobal.ArrayClass, object?[] and [0L], ReadOnlyMemory<byte> { Length: 1 }]) => new NumpyArray(),
            (PickleGlobal.DtypeClass, [string code, bool, bool]) => FindDtype(code, out problem),
            (PickleGlobal.DtypeClass, [PickleGlobal.BFloat16Class, bool, bool]) => NumpyDtype.BFloat16,
            (PickleGlobal.EncodeText, [string text, "latin1"]) => EncodeLatin1(text) is { } encoded ? (object)(ReadOnlyMemory<byte>)encoded : null,
            (PickleGlobal.Scalar, [NumpyDtype dtype, ReadOnlyMemory<byte> data]) when data.Length == dtype.Size => Scalar(dtype, data.Span),
            (PickleGlobal.ArrayFromBuffer, [ReadOnlyMemory<byte> data, NumpyDtype dtype, object?[] shape, string order]) =>
                FromBuffer(data, dtype, shape, order, null, out problem),
            (PickleGlobal.ArrayFromBuffer, [ReadOnlyMemory<byte> data, NumpyDtype dtype, object?[] shape, "K", object?[] axes]) =>
                FromBuffer(data, dtype, shape, "K", axes, out problem),
            _ => null,
        };
    }

    /// <summary>Gives a new array its state <c>(1, shape, dtype, is_fortran, bytes)</c>; what is wrong with it, or null.</summary>
    public static string? SetState(NumpyArray array, object? state)
    {
        if (array.IsComplete)
        {
            return "an array is given its contents twice";
        }

        if (state is not object?[] items || items is not [1L, object?[] sizes, NumpyDtype dtype, bool fortran, ReadOnlyMemory<byte> data])
        {
            return "an array's state is not what NumPy writes, or the array does not hold numbers";
        }

        return Fill(array, dtype, sizes, fortran ? Order.Fortran : Order.C, null, data);
    }

    /// <summary>Checks the state that follows a dtype, <c>(3, '&lt;', None, None, None, -1, -1, 0)</c>; what is wrong with it, or null.</summary>
    public static string? CheckState(object? state) => state switch
    {
        object?[] and [3L or 4L, ">", ..] => "an array is big-endian; only little-endian arrays are read",
        object?[] and [3L or 4L, "<" or "|" or "=", null, null, null, long, long, long, ..] => null,
        _ => "an array has a dtype that is no plain number format",
    };

    enum Order
    {
        C,
        Fortran,
        Permuted,
    }

    static NumpyDtype? FindDtype(string code, out string problem)
    {
        problem = $"the dtype '{CheckpointText.Short(code)}' is not read; only float16, float32, float64, bfloat16 and integers are";
        return NumpyDtype.Of(code);
    }

    static byte[]? EncodeLatin1(string text)
    {
        foreach (var c in text)
        {
            if (c > 0xFF)
            {
                return null;
            }
        }

        return Encoding.Latin1.GetBytes(text);
    }

    // Every arm boxes on its own: a common type would turn the integers into doubles.
    static object Scalar(NumpyDtype dtype, ReadOnlySpan<byte> data) => dtype.Name switch
    {
        "bfloat16" => (object)(double)BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(data) << 16),
        "float16" => (object)(double)BinaryPrimitives.ReadHalfLittleEndian(data),
        "float32" => (object)(double)BinaryPrimitives.ReadSingleLittleEndian(data),
        "float64" => (object)BinaryPrimitives.ReadDoubleLittleEndian(data),
        "int8" => (object)(long)(sbyte)data[0],
        "uint8" => (object)(long)data[0],
        "int16" => (object)(long)BinaryPrimitives.ReadInt16LittleEndian(data),
        "uint16" => (object)(long)BinaryPrimitives.ReadUInt16LittleEndian(data),
        "int32" => (object)(long)BinaryPrimitives.ReadInt32LittleEndian(data),
        "uint32" => (object)(long)BinaryPrimitives.ReadUInt32LittleEndian(data),
        "int64" => (object)BinaryPrimitives.ReadInt64LittleEndian(data),
        "uint64" when BinaryPrimitives.ReadUInt64LittleEndian(data) is var value and > long.MaxValue => (object)(double)value,
        "uint64" => (object)(long)BinaryPrimitives.ReadUInt64LittleEndian(data),
        _ => throw new InvalidOperationException($"No reader for {dtype.Name}."),
    };

    static NumpyArray? FromBuffer(
        ReadOnlyMemory<byte> data, NumpyDtype dtype, object?[] shape, string order, object?[]? axes, out string problem)
    {
        var array = new NumpyArray();
        problem = order switch
        {
            "C" => Fill(array, dtype, shape, Order.C, null, data),
            "F" => Fill(array, dtype, shape, Order.Fortran, null, data),
            "K" when axes is not null => Fill(array, dtype, shape, Order.Permuted, axes, data),
            _ => "an array has an unknown order",
        } ?? "";
        return array.IsComplete ? array : null;
    }

    static string? Fill(NumpyArray array, NumpyDtype dtype, object?[] sizes, Order order, object?[]? axes, ReadOnlyMemory<byte> data)
    {
        if (sizes.Length > MaxRank || !sizes.All(size => size is long and >= 0 and <= int.MaxValue))
        {
            return $"an array's shape is none of at most {MaxRank} sizes";
        }

        var shape = Array.ConvertAll(sizes, size => (long)size!);
        var bytes = shape.Aggregate((UInt128)dtype.Size, (product, size) => UInt128.Min(product * (UInt128)size, ulong.MaxValue));
        if (bytes != (UInt128)data.Length)
        {
            return $"an array of {dtype.Name} {CheckpointText.Shape(shape)} comes with {data.Length} bytes";
        }

        var stored = Enumerable.Range(0, shape.Length).ToArray();
        if (order == Order.Fortran)
        {
            Array.Reverse(stored);
        }

        if (axes is not null)
        {
            if (!axes.Select(axis => axis as long?).Order().SequenceEqual(stored.Select(axis => (long?)axis)))
            {
                return "an array's axes are no permutation";
            }

            // NumPy: reshape(shape).transpose(axes). Axis i of the result is axis axes[i] of what lies in the buffer.
            var result = Array.ConvertAll(axes, axis => shape[(long)axis!]);
            for (var i = 0; i < axes.Length; i++)
            {
                stored[(long)axes[i]!] = i;
            }

            shape = result;
        }

        array.Fill(dtype, shape, stored, data);
        return null;
    }
}
