namespace NeedleBench.San.Checkpoints;

/// <summary>One decoder block: gated causal self-attention, then gated cross-attention over the encoder's output.</summary>
/// <param name="SelfNorm">Zero-centred γ before self-attention, [d].</param>
/// <param name="SelfGate">Before the sigmoid.</param>
/// <param name="SelfAttention">Causal self-attention.</param>
/// <param name="CrossNorm">Zero-centred γ before cross-attention, [d].</param>
/// <param name="CrossGate">Before the sigmoid.</param>
/// <param name="CrossAttention">Attention over the encoder's output; its key and value projections read that output.</param>
public sealed record DecoderLayerWeights(
    float[] SelfNorm,
    float SelfGate,
    AttentionWeights SelfAttention,
    float[] CrossNorm,
    float CrossGate,
    AttentionWeights CrossAttention);
