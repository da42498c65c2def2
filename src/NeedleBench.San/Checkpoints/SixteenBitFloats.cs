using System.Numerics;

namespace NeedleBench.San.Checkpoints;

/// <summary>Conversion between float and the two 16-bit formats, given as their bits.</summary>
static class SixteenBitFloats
{
    /// <summary>bfloat16 is the upper half of a float.</summary>
    public static void FromBFloat16(ReadOnlySpan<ushort> bits, Span<float> values)
    {
        var i = 0;
        for (; i <= bits.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(bits[i..]), out var low, out var high);
            Vector.AsVectorSingle(low << 16).CopyTo(values[i..]);
            Vector.AsVectorSingle(high << 16).CopyTo(values[(i + Vector<float>.Count)..]);
        }

        for (; i < bits.Length; i++)
        {
            values[i] = BitConverter.UInt32BitsToSingle((uint)bits[i] << 16);
        }
    }

    /// <summary>IEEE binary16, subnormals exact, infinities and NaN kept.</summary>
    public static void FromHalf(ReadOnlySpan<ushort> bits, Span<float> values)
    {
        var i = 0;
        for (; i <= bits.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(bits[i..]), out var low, out var high);
            FromHalf(low).CopyTo(values[i..]);
            FromHalf(high).CopyTo(values[(i + Vector<float>.Count)..]);
        }

        for (; i < bits.Length; i++)
        {
            values[i] = FromHalf(new Vector<uint>(bits[i]))[0];
        }
    }

    /// <summary>Rounds to nearest, ties to even; a NaN stays one.</summary>
    public static ushort ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? (ushort)((bits >> 16) | 0x40)
            : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>Rounds to nearest, ties to even.</summary>
    public static ushort ToHalf(float value) => BitConverter.HalfToUInt16Bits((Half)value);

    // The half's exponent and mantissa, moved into a float's place, are the value times 2^-112, subnormals included; one
    // multiplication sets that right. An all-ones exponent must become an all-ones exponent again.
    static Vector<float> FromHalf(Vector<uint> half)
    {
        var sign = (half & new Vector<uint>(0x8000)) << 16;
        var rest = (half & new Vector<uint>(0x7FFF)) << 13;
        var scaled = Vector.AsVectorUInt32(Vector.AsVectorSingle(rest) * new Vector<float>(5.192296858534828e33f));
        var special = Vector.GreaterThanOrEqual(rest, new Vector<uint>(0x0F800000)) & new Vector<uint>(0x7F800000);
        return Vector.AsVectorSingle(scaled | special | sign);
    }
}
