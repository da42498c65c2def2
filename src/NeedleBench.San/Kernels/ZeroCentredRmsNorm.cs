using System.Runtime.Intrinsics;

namespace NeedleBench.San.Kernels;

/// <summary>
/// ZCRMSNorm(x) = (1 + γ) · x / sqrt(mean(x²) + ε). The mean is summed in eight lanes in one fixed order.
/// </summary>
static unsafe class ZeroCentredRmsNorm
{
    /// <summary>Normalises rows; source and destination may be the same.</summary>
    /// <param name="x">[rows, ldx], <paramref name="size"/> used.</param>
    /// <param name="scale">1 + γ, [size].</param>
    /// <param name="y">[rows, ldy], <paramref name="size"/> written.</param>
    /// <param name="size">A multiple of 8.</param>
    public static void Apply(float* x, int ldx, float* scale, float* y, int ldy, int rows, int size, float epsilon)
    {
        for (var r = 0; r < rows; r++, x += ldx, y += ldy)
        {
            var squares = Vector256<float>.Zero;
            for (var i = 0; i < size; i += 8)
            {
                var v = Vector256.Load(x + i);
                squares = Vector256.FusedMultiplyAdd(v, v, squares);
            }

            var factor = Vector256.Create(1f / MathF.Sqrt((Vector256.Sum(squares) / size) + epsilon));
            for (var i = 0; i < size; i += 8)
            {
                (Vector256.Load(x + i) * factor * Vector256.Load(scale + i)).Store(y + i);
            }
        }
    }
}
