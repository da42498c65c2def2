using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;

namespace NeedleBench.San.Model;

/// <summary>
/// A Simple Attention Network ready to run: an encoder and a decoder made of attention alone, with tied embeddings. Holds
/// the packed weights and the threads; a <see cref="SanSession"/> holds what one request needs. Sessions of one model must
/// not run at the same time, because they share its threads.
/// </summary>
public sealed class SanModel : IDisposable
{
    /// <summary>Most tokens that the encoder reads, as Needle was trained.</summary>
    public const int MaxEncoderTokens = 1024;

    /// <summary>Most positions of the decoder, the start token included.</summary>
    public const int MaxDecoderTokens = 512;

    /// <summary>Packs the weights; the checkpoint's own arrays are not kept.</summary>
    /// <exception cref="InputException">The precision is unknown, or the shapes are none that the kernels take.</exception>
    public SanModel(SanWeights weights, SanModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Config = weights.Config;
        if (Config.HeadSize % PanelMultiply.Width != 0)
        {
            throw new InputException(
                $"a head size of {Config.HeadSize} cannot be run", $"The kernels take head sizes that are multiples of {PanelMultiply.Width}.");
        }

        var precision = Precisions.Get(options.Precision);
        Precision = precision.Name;
        Embedding = precision.PackEmbedding(weights.Embedding, Config.VocabularySize, Config.HiddenSize);
        EncoderLayers = [.. weights.Encoder.Select(l => new SelfAttentionLayer(Config, precision, l.InputNorm, l.Gate, l.SelfAttention))];
        EncoderNorm = HeadNorms.Scale(weights.EncoderFinalNorm, 1f);
        DecoderSelfLayers = [.. weights.Decoder.Select(l => new SelfAttentionLayer(Config, precision, l.SelfNorm, l.SelfGate, l.SelfAttention))];
        DecoderCrossLayers = [.. weights.Decoder.Select(l => new CrossAttentionLayer(Config, precision, l.CrossNorm, l.CrossGate, l.CrossAttention))];
        DecoderNorm = HeadNorms.Scale(weights.DecoderFinalNorm, 1f);
        Retrieval = weights.Retrieval is { } head ? new RetrievalHead(head, Config.HiddenSize) : null;
        Rotary = new RotaryEmbedding(MaxEncoderTokens, Config.HeadSize, Config.RopeTheta);
        Pool = new WorkerPool(options.Threads);
        Parameters = weights.ParameterCount;
    }

    public SanConfig Config { get; }

    /// <summary>As in <see cref="SanModelOptions.Precision"/>.</summary>
    public string Precision { get; }

    /// <summary>Number of weights, the tied output layer counted once.</summary>
    public long Parameters { get; }

    /// <summary>Bytes of the matrices as they are held; norms and gates, a few kilobytes, stay in FP32 and are left out.</summary>
    public long WeightBytes =>
        Embedding.Bytes
        + EncoderLayers.Sum(l => l.WeightBytes)
        + DecoderSelfLayers.Sum(l => l.WeightBytes)
        + DecoderCrossLayers.Sum(l => l.WeightBytes)
        + (Retrieval?.WeightBytes ?? 0);

    /// <summary>Whether the checkpoint has a retrieval head.</summary>
    public bool HasRetrievalHead => Retrieval is not null;

    /// <summary>Length of a retrieval embedding; 0 without a head.</summary>
    public int EmbeddingSize => Retrieval?.Size ?? 0;

    internal WeightMatrix Embedding { get; }

    internal IReadOnlyList<SelfAttentionLayer> EncoderLayers { get; }

    internal FloatBuffer EncoderNorm { get; }

    internal IReadOnlyList<SelfAttentionLayer> DecoderSelfLayers { get; }

    internal IReadOnlyList<CrossAttentionLayer> DecoderCrossLayers { get; }

    internal FloatBuffer DecoderNorm { get; }

    internal RetrievalHead? Retrieval { get; }

    internal RotaryEmbedding Rotary { get; }

    internal WorkerPool Pool { get; }

    public void Dispose()
    {
        Pool.Dispose();
        Embedding.Dispose();
        foreach (var layer in EncoderLayers.Concat(DecoderSelfLayers))
        {
            layer.Dispose();
        }

        foreach (var layer in DecoderCrossLayers)
        {
            layer.Dispose();
        }

        EncoderNorm.Dispose();
        DecoderNorm.Dispose();
        Rotary.Dispose();
    }
}
