using System.Runtime.Intrinsics;

namespace NeedleBench.Training.Network;

/// <summary>ZCRMSNorm y = (1 + γ) · x · r with r = 1/sqrt(mean(x²) + ε), forward with what its gradient needs, and the gradient.</summary>
static unsafe class RmsNormGradient
{
    const int Lanes = 8;

    /// <param name="x">[rows, ldx].</param>
    /// <param name="gamma">[size].</param>
    /// <param name="y">[rows, ldy].</param>
    /// <param name="reciprocals">r of each row, [rows].</param>
    /// <param name="size">A multiple of 8.</param>
    public static void Forward(float* x, int ldx, float* gamma, float* y, int ldy, float* reciprocals, int rows, int size, float epsilon)
    {
        for (var row = 0; row < rows; row++, x += ldx, y += ldy)
        {
            var squares = Vector256<float>.Zero;
            for (var i = 0; i < size; i += Lanes)
            {
                var values = Vector256.Load(x + i);
                squares = Vector256.FusedMultiplyAdd(values, values, squares);
            }

            var r = 1f / MathF.Sqrt((Vector256.Sum(squares) / size) + epsilon);
            reciprocals[row] = r;
            for (var i = 0; i < size; i += Lanes)
            {
                ((Vector256<float>.One + Vector256.Load(gamma + i)) * Vector256.Load(x + i) * r).Store(y + i);
            }
        }
    }

    /// <summary>
    /// dγ += Σ dy · x · r, and dx += r · (s · dy) − x · r³/n · Σ(s · dy · x) with s = 1 + γ. x and dx may not be the same;
    /// dy may be dx where <paramref name="replace"/> is set, because a row is read before it is written.
    /// </summary>
    /// <param name="replace">Whether dx is replaced instead of added to.</param>
    public static void Backward(
        float* dy, int ldy, float* x, int ldx, float* gamma, float* reciprocals, float* dx, int lddx, float* dgamma,
        int rows, int size, bool replace)
    {
        for (var row = 0; row < rows; row++, dy += ldy, x += ldx, dx += lddx)
        {
            var r = reciprocals[row];
            var sums = Vector256<float>.Zero;
            for (var i = 0; i < size; i += Lanes)
            {
                var product = Vector256.Load(dy + i) * Vector256.Load(x + i);
                Vector256.FusedMultiplyAdd(product, Vector256.Create(r), Vector256.Load(dgamma + i)).Store(dgamma + i);
                sums = Vector256.FusedMultiplyAdd(Vector256<float>.One + Vector256.Load(gamma + i), product, sums);
            }

            var back = Vector256.Create(Vector256.Sum(sums) * r * r * r / size);
            for (var i = 0; i < size; i += Lanes)
            {
                var gradient = ((Vector256<float>.One + Vector256.Load(gamma + i)) * Vector256.Load(dy + i) * r) - (Vector256.Load(x + i) * back);
                (replace ? gradient : Vector256.Load(dx + i) + gradient).Store(dx + i);
            }
        }
    }
}
