using System.Runtime.InteropServices;

namespace NeedleBench.San.Checkpoints;

/// <summary>An array out of a pickle: a view of the pickle's bytes until it is read.</summary>
public sealed class NumpyArray
{
    ReadOnlyMemory<byte> _data;
    long[] _shape = [];
    int[] _stored = [];

    internal NumpyArray()
    {
    }

    /// <summary>Sizes, outermost first; empty for a single number.</summary>
    public IReadOnlyList<long> Shape => _shape;

    /// <summary>NumPy's name of the number format: <c>float16</c>, <c>int64</c>, … or <c>bfloat16</c>.</summary>
    public string Dtype { get; private set; } = "";

    /// <summary>How many numbers it has.</summary>
    public int Count { get; private set; }

    /// <summary>False between the making of an array and the arrival of its contents, which a pickle does in two steps.</summary>
    internal bool IsComplete { get; private set; }

    /// <summary>All values, row-major whatever order they are stored in; wider formats are rounded to float.</summary>
    public float[] ToFloats()
    {
        var values = new float[Count];
        switch (Dtype)
        {
            case "float16":
                SixteenBitFloats.FromHalf(Data<ushort>(), values);
                break;
            case "bfloat16":
                SixteenBitFloats.FromBFloat16(Data<ushort>(), values);
                break;
            case "float32":
                Data<float>().CopyTo(values);
                break;
            case "float64":
                Convert(Data<double>(), values, value => (float)value);
                break;
            case "int8":
                Convert(Data<sbyte>(), values, value => value);
                break;
            case "uint8":
                Convert(Data<byte>(), values, value => value);
                break;
            case "int16":
                Convert(Data<short>(), values, value => value);
                break;
            case "uint16":
                Convert(Data<ushort>(), values, value => value);
                break;
            case "int32":
                Convert(Data<int>(), values, value => value);
                break;
            case "uint32":
                Convert(Data<uint>(), values, value => value);
                break;
            case "int64":
                Convert(Data<long>(), values, value => value);
                break;
            case "uint64":
                Convert(Data<ulong>(), values, value => value);
                break;
            default:
                throw new InvalidOperationException($"No reader for {Dtype}.");
        }

        return IsRowMajor() ? values : ToRowMajor(values);
    }

    /// <summary>Gives the array its contents.</summary>
    /// <param name="dtype">The number format.</param>
    /// <param name="shape">The array's sizes; their product times the format's size is the length of <paramref name="data"/>.</param>
    /// <param name="stored">The axes from the slowest to the fastest as the data lie: 0, 1, 2, … is row-major.</param>
    /// <param name="data">The raw numbers, little-endian.</param>
    internal void Fill(NumpyDtype dtype, long[] shape, int[] stored, ReadOnlyMemory<byte> data)
    {
        Dtype = dtype.Name;
        _shape = shape;
        _stored = stored;
        _data = data;
        Count = data.Length / dtype.Size;
        IsComplete = true;
    }

    ReadOnlySpan<T> Data<T>()
        where T : struct => MemoryMarshal.Cast<byte, T>(_data.Span);

    bool IsRowMajor() => _stored.Select((axis, i) => axis == i).All(same => same);

    float[] ToRowMajor(float[] stored)
    {
        if (Count == 0)
        {
            return stored;
        }

        var strides = new int[_shape.Length];
        var stride = 1;
        for (var i = _stored.Length - 1; i >= 0; i--)
        {
            strides[_stored[i]] = stride;
            stride *= (int)_shape[_stored[i]];
        }

        var result = new float[stored.Length];
        var index = new long[_shape.Length];
        var source = 0;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = stored[source];
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                source += strides[axis];
                if (++index[axis] < _shape[axis])
                {
                    break;
                }

                source -= strides[axis] * (int)_shape[axis];
                index[axis] = 0;
            }
        }

        return result;
    }

    static void Convert<T>(ReadOnlySpan<T> source, Span<float> destination, Func<T, float> convert)
    {
        for (var i = 0; i < source.Length; i++)
        {
            destination[i] = convert(source[i]);
        }
    }
}
