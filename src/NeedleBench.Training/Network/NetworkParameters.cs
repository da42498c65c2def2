using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;

namespace NeedleBench.Training.Network;

/// <summary>The weights of a network in training: one flat vector, and the projections packed from it for products.</summary>
sealed unsafe class NetworkParameters : IDisposable
{
    readonly FloatBuffer _vector;
    readonly AttentionParameters[] _layers;

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
        _layers = [.. Encoder, .. DecoderSelf, .. DecoderCross];
        Embedding = layout[SanTensorNames.Embedding].Offset;
        EncoderNorm = layout[SanTensorNames.EncoderFinalNorm].Offset;
        DecoderNorm = layout[SanTensorNames.DecoderFinalNorm].Offset;
        OutputLayer = new LinearWeights(config.VocabularySize, config.HiddenSize);
        Rotary = new RotaryEmbedding(San.Model.SanModel.MaxEncoderTokens, config.HeadSize, config.RopeTheta);
    }

    public ParameterLayout Layout { get; }

    /// <summary>The flat vector; after changing it, <see cref="Pack()"/>.</summary>
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

    int PackParts => _layers.Length + 1;

    /// <summary>Packs the projections anew.</summary>
    public void Pack()
    {
        for (var part = 0; part < PackParts; part++)
        {
            Pack(part);
        }
    }

    /// <summary>Packs the projections anew on several threads.</summary>
    public void Pack(WorkerPool pool)
    {
        var job = new PackJob(this);
        pool.Run(ref job, PackParts);
    }

    public void Dispose()
    {
        foreach (var layer in _layers)
        {
            layer.Dispose();
        }

        OutputLayer.Dispose();
        Rotary.Dispose();
        _vector.Dispose();
    }

    // The output layer first: it is the largest.
    void Pack(int part)
    {
        if (part == 0)
        {
            OutputLayer.Pack(Vector + Embedding);
        }
        else
        {
            _layers[part - 1].Pack(Vector);
        }
    }

    readonly struct PackJob(NetworkParameters owner) : IParallelJob
    {
        public void Run(int part, int worker) => owner.Pack(part);
    }
}
