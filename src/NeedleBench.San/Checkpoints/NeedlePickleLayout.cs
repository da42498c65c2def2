namespace NeedleBench.San.Checkpoints;

/// <summary>Where Needle's parameter tree (a Flax module's) keeps what: the counterpart of <see cref="SanTensorNames"/>.</summary>
static class NeedlePickleLayout
{
    const string EncoderBlock = "encoder/layers/EncoderBlock_0";
    const string DecoderBlock = "decoder/layers/DecoderBlock_0";

    public const string RetrievalHiddenKernel = "contrastive_hidden/kernel";
    public const string RetrievalHiddenBias = "contrastive_hidden/bias";
    public const string RetrievalProjectionKernel = "contrastive_proj/kernel";

    /// <summary>The temperature of the retrieval head's training loss: of no use afterwards.</summary>
    public const string LogTemperature = "log_temp";

    public static IEnumerable<NeedlePickleLeaf> Of(SanConfig config, bool retrieval)
    {
        var d = config.HiddenSize;
        var width = RetrievalHeadWeights.HiddenWidth(config);
        IEnumerable<NeedlePickleLeaf> leaves =
        [
            new("embedding/embedding", null, [config.VocabularySize, d], _ => SanTensorNames.Embedding),
            new($"{EncoderBlock}/attn_gate", config.EncoderLayers, [], SanTensorNames.EncoderGate),
            new($"{EncoderBlock}/ZCRMSNorm_0/scale", config.EncoderLayers, [d], SanTensorNames.EncoderInputNorm),
            .. Attention($"{EncoderBlock}/self_attn", config.EncoderLayers, config, SanTensorNames.EncoderSelfAttention),
            new("encoder/final_norm/scale", null, [d], _ => SanTensorNames.EncoderFinalNorm),
            new($"{DecoderBlock}/self_attn_gate", config.DecoderLayers, [], SanTensorNames.DecoderSelfGate),
            new($"{DecoderBlock}/cross_attn_gate", config.DecoderLayers, [], SanTensorNames.DecoderCrossGate),
            new($"{DecoderBlock}/ZCRMSNorm_0/scale", config.DecoderLayers, [d], SanTensorNames.DecoderSelfNorm),
            new($"{DecoderBlock}/ZCRMSNorm_1/scale", config.DecoderLayers, [d], SanTensorNames.DecoderCrossNorm),
            .. Attention($"{DecoderBlock}/self_attn", config.DecoderLayers, config, SanTensorNames.DecoderSelfAttention),
            .. Attention($"{DecoderBlock}/cross_attn", config.DecoderLayers, config, SanTensorNames.DecoderCrossAttention),
            new("decoder/ZCRMSNorm_0/scale", null, [d], _ => SanTensorNames.DecoderFinalNorm),
        ];
        return !retrieval
            ? leaves
            : leaves.Concat(
            [
                new(RetrievalHiddenKernel, null, [d, width], _ => SanTensorNames.RetrievalHidden, IsKernel: true),
                new(RetrievalHiddenBias, null, [width], _ => SanTensorNames.RetrievalHiddenBias),
                new(
                    RetrievalProjectionKernel,
                    null,
                    [width, RetrievalHeadWeights.EmbeddingSize],
                    _ => SanTensorNames.RetrievalProjection,
                    IsKernel: true),
            ]);
    }

    static IEnumerable<NeedlePickleLeaf> Attention(string path, int layers, SanConfig config, Func<int, string> attention)
    {
        var (d, kv, s) = (config.HiddenSize, config.KeyValueSize, config.HeadSize);
        return
        [
            new($"{path}/q_proj/kernel", layers, [d, d], n => SanTensorNames.Query(attention(n)), IsKernel: true),
            new($"{path}/k_proj/kernel", layers, [d, kv], n => SanTensorNames.Key(attention(n)), IsKernel: true),
            new($"{path}/v_proj/kernel", layers, [d, kv], n => SanTensorNames.Value(attention(n)), IsKernel: true),
            new($"{path}/out_proj/kernel", layers, [d, d], n => SanTensorNames.Output(attention(n)), IsKernel: true),
            new($"{path}/q_norm/scale", layers, [s], n => SanTensorNames.QueryNorm(attention(n))),
            new($"{path}/k_norm/scale", layers, [s], n => SanTensorNames.KeyNorm(attention(n))),
        ];
    }
}
