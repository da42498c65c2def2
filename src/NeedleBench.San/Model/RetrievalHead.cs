using NeedleBench.San.Checkpoints;

namespace NeedleBench.San.Model;

/// <summary>
/// The contrastive head: mean over encoder outputs → Linear(d → width, bias) → ReLU → Linear(→ 128) → unit length. Texts that
/// belong together have a cosine near 1.
/// </summary>
sealed class RetrievalHead(RetrievalHeadWeights weights, int hiddenSize)
{
    readonly int _inner = weights.HiddenBias.Length;

    /// <summary>Length of an embedding.</summary>
    public int Size => weights.Projection.Length / _inner;

    public long WeightBytes => (weights.Hidden.Length + weights.HiddenBias.Length + weights.Projection.Length) * (long)sizeof(float);

    /// <param name="encoderOutput">[tokens, d], at least one token.</param>
    /// <param name="embedding">[<see cref="Size"/>], unit length.</param>
    public void Embed(ReadOnlySpan<float> encoderOutput, Span<float> embedding)
    {
        var tokens = encoderOutput.Length / hiddenSize;
        var mean = new double[hiddenSize];
        for (var t = 0; t < tokens; t++)
        {
            for (var i = 0; i < hiddenSize; i++)
            {
                mean[i] += encoderOutput[(t * hiddenSize) + i];
            }
        }

        var inner = new double[_inner];
        for (var j = 0; j < _inner; j++)
        {
            double sum = weights.HiddenBias[j];
            for (var i = 0; i < hiddenSize; i++)
            {
                sum += mean[i] / tokens * weights.Hidden[(j * hiddenSize) + i];
            }

            inner[j] = Math.Max(sum, 0);
        }

        var squares = 0.0;
        for (var n = 0; n < Size; n++)
        {
            var sum = 0.0;
            for (var j = 0; j < _inner; j++)
            {
                sum += inner[j] * weights.Projection[(n * _inner) + j];
            }

            embedding[n] = (float)sum;
            squares += sum * sum;
        }

        var factor = squares > 0 ? 1 / Math.Sqrt(squares) : 0;
        for (var n = 0; n < Size; n++)
        {
            embedding[n] = (float)(embedding[n] * factor);
        }
    }
}
