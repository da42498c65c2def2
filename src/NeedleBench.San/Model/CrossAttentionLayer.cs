using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;

namespace NeedleBench.San.Model;

/// <summary>x += σ(gate) · CrossAttention(norm(x), encoder output): packed weights. No rotary embedding here.</summary>
sealed class CrossAttentionLayer : IDisposable
{
    public CrossAttentionLayer(SanConfig config, Precision precision, float[] norm, float gate, AttentionWeights weights)
    {
        Norm = HeadNorms.Scale(norm, 1f);
        Gate = HeadNorms.Sigmoid(gate);
        Query = precision.PackProjection(weights.Query, config.Heads * config.HeadSize, config.HiddenSize);
        KeyValue = precision.PackProjection(
            [.. weights.Key, .. weights.Value], 2 * config.KeyValueHeads * config.HeadSize, config.HiddenSize);
        Output = precision.PackProjection(weights.Output, config.HiddenSize, config.Heads * config.HeadSize);
        QueryNorm = HeadNorms.Scale(weights.QueryNorm, 1f / MathF.Sqrt(config.HeadSize));
        KeyNorm = HeadNorms.Scale(weights.KeyNorm, 1f);
    }

    /// <summary>1 + γ, [d].</summary>
    public FloatBuffer Norm { get; }

    /// <summary>After the sigmoid.</summary>
    public float Gate { get; }

    public WeightMatrix Query { get; }

    /// <summary>Reads the encoder's output, once a request.</summary>
    public WeightMatrix KeyValue { get; }

    public WeightMatrix Output { get; }

    /// <summary>(1 + γ) / sqrt(head size), [head size].</summary>
    public FloatBuffer QueryNorm { get; }

    /// <summary>1 + γ, [head size].</summary>
    public FloatBuffer KeyNorm { get; }

    public long WeightBytes => Query.Bytes + KeyValue.Bytes + Output.Bytes;

    public void Dispose()
    {
        Norm.Dispose();
        Query.Dispose();
        KeyValue.Dispose();
        Output.Dispose();
        QueryNorm.Dispose();
        KeyNorm.Dispose();
    }
}
