using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeedleBench.Training.Kernels;

/// <summary>
/// exp of floats that are not above 0, eight at a time within FP32: range reduction by multiples of log 2 in two parts and
/// a polynomial (Cephes, expf), right to about 1e-7 of the value. Exponentials are a tenth of training, and the exact ones
/// go through FP64.
/// </summary>
static class FastExp
{
    // Below this exp is not a normal number any more, and becomes 0.
    const float Least = -87.33f;

    /// <param name="x">At most 0; -∞ gives 0, what is not a number itself.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> OfNonPositive(Vector256<float> x)
    {
        // Put so that a value that is not a number stays one: a run that has gone astray must not look sound.
        var vanishes = Vector256.LessThan(x, Vector256.Create(Least));
        x = Vector256.ConditionalSelect(vanishes, Vector256.Create(Least), x);
        var n = Vector256.Round(x * Vector256.Create(1.44269504f));
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693359375f), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(2.12194440e-4f), r);
        var p = Vector256.Create(1.9875691500e-4f);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.3981999507e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(8.3334519073e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(4.1665795894e-2f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.6666665459e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(5.0000001201e-1f));
        p = Vector256.FusedMultiplyAdd(p, r * r, r + Vector256<float>.One);

        // 2ⁿ by its exponent bits; n is a whole number within reach of them.
        var power = (Vector256.ConvertToInt32Native(n) + Vector256.Create(127)) << 23;
        return Vector256.AndNot(p * power.AsSingle(), vanishes);
    }
}
