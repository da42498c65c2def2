namespace NeedleBench.San.Checkpoints;

/// <summary>The tensor names of a checkpoint's <c>model.safetensors</c>, as the network's authors publish it. Layers count from 0.</summary>
public static class SanTensorNames
{
    public const string Embedding = "model.embed_tokens.weight";

    /// <summary>The output layer: the same bytes as the embedding.</summary>
    public const string OutputLayer = "lm_head.weight";

    public const string EncoderFinalNorm = "model.encoder.final_norm.weight";

    public const string DecoderFinalNorm = "model.decoder.norm.weight";

    public const string RetrievalHidden = "contrastive_hidden.weight";

    public const string RetrievalHiddenBias = "contrastive_hidden.bias";

    public const string RetrievalProjection = "contrastive_proj.weight";

    public static string EncoderInputNorm(int layer) => FormattableString.Invariant($"model.encoder.layers.{layer}.input_layernorm.weight");

    public static string EncoderGate(int layer) => FormattableString.Invariant($"model.encoder.layers.{layer}.attn_gate");

    /// <summary>What the names of the layer's attention begin with; see <see cref="Query"/> and the names beside it.</summary>
    public static string EncoderSelfAttention(int layer) => FormattableString.Invariant($"model.encoder.layers.{layer}.self_attn");

    public static string DecoderSelfNorm(int layer) => FormattableString.Invariant($"model.decoder.layers.{layer}.input_layernorm.weight");

    public static string DecoderSelfGate(int layer) => FormattableString.Invariant($"model.decoder.layers.{layer}.self_attn_gate");

    /// <inheritdoc cref="EncoderSelfAttention"/>
    public static string DecoderSelfAttention(int layer) => FormattableString.Invariant($"model.decoder.layers.{layer}.self_attn");

    public static string DecoderCrossNorm(int layer) =>
        FormattableString.Invariant($"model.decoder.layers.{layer}.encoder_attn_layer_norm.weight");

    public static string DecoderCrossGate(int layer) => FormattableString.Invariant($"model.decoder.layers.{layer}.cross_attn_gate");

    /// <inheritdoc cref="EncoderSelfAttention"/>
    public static string DecoderCrossAttention(int layer) => FormattableString.Invariant($"model.decoder.layers.{layer}.encoder_attn");

    public static string Query(string attention) => $"{attention}.q_proj.weight";

    public static string Key(string attention) => $"{attention}.k_proj.weight";

    public static string Value(string attention) => $"{attention}.v_proj.weight";

    public static string Output(string attention) => $"{attention}.out_proj.weight";

    public static string QueryNorm(string attention) => $"{attention}.q_norm.weight";

    public static string KeyNorm(string attention) => $"{attention}.k_norm.weight";
}
