using System.Runtime.Intrinsics;

namespace NeedleBench.Training.Kernels;

/// <summary>Softmax of a row in place, and its gradient.</summary>
static unsafe class RowSoftmax
{
    /// <param name="row">[padded], scores in front.</param>
    /// <param name="valid">How many scores count; at least 1.</param>
    /// <param name="padded">Multiple of 8 at least <paramref name="valid"/>; elements from <paramref name="valid"/> on become 0.</param>
    public static void Apply(float* row, int valid, int padded)
    {
        new Span<float>(row + valid, padded - valid).Fill(float.NegativeInfinity);
        var factor = Vector256.Create(1f / Exponentials(row, padded, out _));
        for (var i = 0; i < padded; i += 8)
        {
            (Vector256.Load(row + i) * factor).Store(row + i);
        }
    }

    /// <summary>Replaces a row by exp(x − max), and returns their sum.</summary>
    /// <param name="row">[length].</param>
    /// <param name="length">A multiple of 8; -∞ stands for nothing.</param>
    /// <param name="max">What was subtracted.</param>
    public static float Exponentials(float* row, int length, out float max)
    {
        var maxima = Vector256.Load(row);
        for (var i = 8; i < length; i += 8)
        {
            maxima = Vector256.MaxNative(maxima, Vector256.Load(row + i)); // may miss what is not a number; the sum does not
        }

        max = float.NegativeInfinity;
        for (var lane = 0; lane < 8; lane++)
        {
            max = MathF.Max(max, maxima[lane]);
        }

        var shift = Vector256.Create(max);
        var sums = Vector256<float>.Zero;
        for (var i = 0; i < length; i += 8)
        {
            var e = FastExp.OfNonPositive(Vector256.Load(row + i) - shift);
            e.Store(row + i);
            sums += e;
        }

        return Vector256.Sum(sums);
    }

    /// <summary>Turns the gradient of the probabilities into that of the scores: p · (dp − Σ dp · p).</summary>
    /// <param name="probabilities">[padded], 0 behind the valid part.</param>
    /// <param name="gradient">[padded], replaced.</param>
    /// <param name="dot">
    /// Σ dp · p, which is also the product of the row's output with the output's gradient: a sum over a head's size
    /// instead of all positions.
    /// </param>
    public static void Backward(float* probabilities, float* gradient, float dot, int padded)
    {
        var shift = Vector256.Create(dot);
        for (var i = 0; i < padded; i += 8)
        {
            ((Vector256.Load(gradient + i) - shift) * Vector256.Load(probabilities + i)).Store(gradient + i);
        }
    }
}
