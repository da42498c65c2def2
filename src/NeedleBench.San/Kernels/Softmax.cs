using System.Runtime.Intrinsics;

namespace NeedleBench.San.Kernels;

/// <summary>Row softmax in place, numerically stable, with zeros behind the valid part.</summary>
static unsafe class Softmax
{
    /// <param name="row">[padded], scores in front.</param>
    /// <param name="valid">How many scores count; at least 1.</param>
    /// <param name="padded">Multiple of 8 at least <paramref name="valid"/>; elements from <paramref name="valid"/> on become 0.</param>
    public static void Apply(float* row, int valid, int padded)
    {
        // Padding takes part as exp(-inf) = 0, so that the sum runs in whole vectors in one order.
        new Span<float>(row + valid, padded - valid).Fill(float.NegativeInfinity);
        var maxima = Vector256.Load(row);
        for (var i = 8; i < padded; i += 8)
        {
            maxima = Vector256.Max(maxima, Vector256.Load(row + i));
        }

        var max = float.NegativeInfinity;
        for (var lane = 0; lane < 8; lane++)
        {
            max = MathF.Max(max, maxima[lane]);
        }

        var shift = Vector256.Create(max);
        var sums = Vector256<float>.Zero;
        for (var i = 0; i < padded; i += 8)
        {
            var e = Vector256.Exp(Vector256.Load(row + i) - shift);
            e.Store(row + i);
            sums += e;
        }

        var factor = Vector256.Create(1f / Vector256.Sum(sums));
        for (var i = 0; i < padded; i += 8)
        {
            (Vector256.Load(row + i) * factor).Store(row + i);
        }
    }
}
