using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;

namespace NeedleBench.San.Model;

/// <summary>x += σ(gate) · SelfAttention(norm(x)): packed weights, query, key and value in one matrix.</summary>
sealed class SelfAttentionLayer : IDisposable
{
    public SelfAttentionLayer(SanConfig config, Precision precision, float[] norm, float gate, AttentionWeights weights)
    {
        Norm = HeadNorms.Scale(norm, 1f);
        Gate = HeadNorms.Sigmoid(gate);
        QueryKeyValue = precision.PackProjection(
            [.. weights.Query, .. weights.Key, .. weights.Value],
            (config.Heads + (2 * config.KeyValueHeads)) * config.HeadSize,
            config.HiddenSize);
        Output = precision.PackProjection(weights.Output, config.HiddenSize, config.Heads * config.HeadSize);
        QueryNorm = HeadNorms.Scale(weights.QueryNorm, 1f / MathF.Sqrt(config.HeadSize));
        KeyNorm = HeadNorms.Scale(weights.KeyNorm, 1f);
    }

    /// <summary>1 + γ, [d].</summary>
    public FloatBuffer Norm { get; }

    /// <summary>After the sigmoid.</summary>
    public float Gate { get; }

    public WeightMatrix QueryKeyValue { get; }

    public WeightMatrix Output { get; }

    /// <summary>(1 + γ) / sqrt(head size), [head size].</summary>
    public FloatBuffer QueryNorm { get; }

    /// <summary>1 + γ, [head size].</summary>
    public FloatBuffer KeyNorm { get; }

    public long WeightBytes => QueryKeyValue.Bytes + Output.Bytes;

    public void Dispose()
    {
        Norm.Dispose();
        QueryKeyValue.Dispose();
        Output.Dispose();
        QueryNorm.Dispose();
        KeyNorm.Dispose();
    }
}
