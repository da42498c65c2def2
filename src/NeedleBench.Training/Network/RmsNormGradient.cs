using System.Numerics.Tensors;

namespace NeedleBench.Training.Network;

/// <summary>ZCRMSNorm y = (1 + γ) · x · r with r = 1/sqrt(mean(x²) + ε), forward with what its gradient needs, and the gradient.</summary>
static unsafe class RmsNormGradient
{
    /// <param name="x">[rows, ldx].</param>
    /// <param name="gamma">[size].</param>
    /// <param name="y">[rows, ldy].</param>
    /// <param name="reciprocals">r of each row, [rows].</param>
    public static void Forward(float* x, int ldx, float* gamma, float* y, int ldy, float* reciprocals, int rows, int size, float epsilon)
    {
        for (var row = 0; row < rows; row++, x += ldx, y += ldy)
        {
            var source = new ReadOnlySpan<float>(x, size);
            var r = 1f / MathF.Sqrt((TensorPrimitives.SumOfSquares(source) / size) + epsilon);
            reciprocals[row] = r;
            for (var i = 0; i < size; i++)
            {
                y[i] = (1f + gamma[i]) * x[i] * r;
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
            var dot = 0f;
            for (var i = 0; i < size; i++)
            {
                dgamma[i] += dy[i] * x[i] * r;
                dot += (1f + gamma[i]) * dy[i] * x[i];
            }

            var back = dot * r * r * r / size;
            for (var i = 0; i < size; i++)
            {
                var gradient = ((1f + gamma[i]) * dy[i] * r) - (x[i] * back);
                dx[i] = replace ? gradient : dx[i] + gradient;
            }
        }
    }
}
