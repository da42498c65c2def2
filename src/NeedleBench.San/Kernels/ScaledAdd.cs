using System.Runtime.Intrinsics;

namespace NeedleBench.San.Kernels;

/// <summary>The gated residual: x += gate · y.</summary>
static unsafe class ScaledAdd
{
    /// <param name="x">[rows, size], contiguous.</param>
    /// <param name="y">[rows, ldy].</param>
    /// <param name="size">A multiple of 8.</param>
    public static void Apply(float* x, float* y, int ldy, int rows, int size, float gate)
    {
        var factor = Vector256.Create(gate);
        for (var r = 0; r < rows; r++, x += size, y += ldy)
        {
            for (var i = 0; i < size; i += 8)
            {
                Vector256.FusedMultiplyAdd(factor, Vector256.Load(y + i), Vector256.Load(x + i)).Store(x + i);
            }
        }
    }
}
