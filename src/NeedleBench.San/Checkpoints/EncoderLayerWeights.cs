namespace NeedleBench.San.Checkpoints;

/// <summary>One encoder block: <c>x += σ(Gate) · SelfAttention(norm(x))</c>.</summary>
/// <param name="InputNorm">Zero-centred γ, [d].</param>
/// <param name="Gate">Before the sigmoid.</param>
/// <param name="SelfAttention">Bidirectional self-attention.</param>
public sealed record EncoderLayerWeights(float[] InputNorm, float Gate, AttentionWeights SelfAttention);
