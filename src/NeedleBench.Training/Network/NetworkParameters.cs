using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;

namespace NeedleBench.Training.Network;

/// <summary>The weights of a network in training: one flat vector, and the projections packed from it for products.</summary>
sealed unsafe class NetworkParameters : IDisposable
{
    readonly FloatBuffer _vector;

    public NetworkParameters(ParameterLayout layout)
    {
        Layout = layout;
        _vector = new FloatBuffer(layout.Length);
        var config = layout.Config;
        Encoder =
        [
            .. Enumerable.Range(0, config.EncoderLayers).Select(l => new AttentionParameters(
                layout, SanTensorNames.EncoderInputNorm(l), SanTensorNames.EncoderGate(l), SanTensorNames.EncoderSelfAttention(l))),
        ];
        DecoderSelf =
        [
            .. Enumerable.Range(0, config.DecoderLayers).Select(l => new AttentionParameters(
                layout, SanTensorNames.DecoderSelfNorm(l), SanTensorNames.DecoderSelfGate(l), SanTensorNames.DecoderSelfAttention(l))),
        ];
        DecoderCross =
        [
            .. Enumerable.Range(0, config.DecoderLayers).Select(l => new AttentionParameters(
                layout, SanTensorNames.DecoderCrossNorm(l), SanTensorNames.DecoderCrossGate(l), SanTensorNames.DecoderCrossAttention(l))),
        ];
        Embedding = layout[SanTensorNames.Embedding].Offset;
        EncoderNorm = layout[SanTensorNames.EncoderFinalNorm].Offset;
        DecoderNorm = layout[SanTensorNames.DecoderFinalNorm].Offset;
        OutputLayer = new LinearWeights(config.VocabularySize, config.HiddenSize);
        Rotary = new RotaryEmbedding(San.Model.SanModel.MaxEncoderTokens, config.HeadSize, config.RopeTheta);
    }

    public ParameterLayout Layout { get; }

    /// <summary>The flat vector; after changing it, <see cref="Pack"/>.</summary>
    public float* Vector => _vector.Pointer;

    public Span<float> Values => _vector.Span;

    public IReadOnlyList<AttentionParameters> Encoder { get; }

    public IReadOnlyList<AttentionParameters> DecoderSelf { get; }

    public IReadOnlyList<AttentionParameters> DecoderCross { get; }

    public long Embedding { get; }

    public long EncoderNorm { get; }

    public long DecoderNorm { get; }

    public LinearWeights OutputLayer { get; }

    public RotaryEmbedding Rotary { get; }

    /// <summary>Packs the projections anew.</summary>
    public void Pack()
    {
        foreach (var layer in Encoder.Concat(DecoderSelf).Concat(DecoderCross))
        {
            layer.Pack(Vector);
        }

        OutputLayer.Pack(Vector + Embedding);
    }

    public void Dispose()
    {
        foreach (var layer in Encoder.Concat(DecoderSelf).Concat(DecoderCross))
        {
            layer.Dispose();
        }

        OutputLayer.Dispose();
        Rotary.Dispose();
        _vector.Dispose();
    }
}
