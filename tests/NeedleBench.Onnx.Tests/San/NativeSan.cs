using NeedleBench.San;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Model;
using NeedleBench.San.Quantisation;

namespace NeedleBench.Onnx.Tests.San;

/// <summary>The native runtime over weights at hand.</summary>
static class NativeSan
{
    public static SanModelSource Nano { get; } = SanModelSource.Open("san-nano");

    public static SanToolCallingModel Open(SanWeights weights) => new(
        new SanModel(weights, new SanModelOptions { Threads = 1 }), Nano.Tokenizer, "native", "san:native", "00", new SanOptions());

    /// <summary>The weights that INT8 codes, or INT4 codes beside an INT8 embedding, stand for.</summary>
    public static SanWeights Rounded(SanWeights weights, bool int4)
    {
        var config = weights.Config;
        return new SanWeights(
            config,
            GroupQuantisation.ToInt8(weights.Embedding, config.VocabularySize, config.HiddenSize).ToFloats(),
            [.. weights.Encoder.Select(layer => layer with { SelfAttention = Attention(layer.SelfAttention) })],
            weights.EncoderFinalNorm,
            [
                .. weights.Decoder.Select(layer => layer with
                {
                    SelfAttention = Attention(layer.SelfAttention), CrossAttention = Attention(layer.CrossAttention),
                }),
            ],
            weights.DecoderFinalNorm,
            weights.Retrieval);

        AttentionWeights Attention(AttentionWeights a) =>
            a with { Query = Round(a.Query), Key = Round(a.Key), Value = Round(a.Value), Output = Round(a.Output) };

        // All four read d inputs, for d is query heads times head size.
        float[] Round(float[] rows)
        {
            var outputs = rows.Length / config.HiddenSize;
            return (int4 ? GroupQuantisation.ToInt4(rows, outputs, config.HiddenSize) : GroupQuantisation.ToInt8(rows, outputs, config.HiddenSize)).ToFloats();
        }
    }

    /// <summary>A tiny network of random weights for san-nano's tokenizer: two encoder and two decoder layers.</summary>
    public static SanWeights Tiny(bool retrieval)
    {
        var random = new Random(3);
        var config = new SanConfig
        {
            HiddenSize = 64,
            Heads = 4,
            KeyValueHeads = 2,
            EncoderLayers = 2,
            DecoderLayers = 2,
            VocabularySize = Nano.Tokenizer.VocabularySize,
        };
        return new SanWeights(
            config,
            Values(config.VocabularySize * 64, 0.1),
            [.. Enumerable.Range(0, 2).Select(_ => new EncoderLayerWeights(Values(64, 0.2), Value(), Attention()))],
            Values(64, 0.2),
            [.. Enumerable.Range(0, 2).Select(_ => new DecoderLayerWeights(Values(64, 0.2), Value(), Attention(), Values(64, 0.2), Value(), Attention()))],
            Values(64, 0.2),
            retrieval ? new RetrievalHeadWeights(Values(16 * 64, 0.3), Values(16, 0.3), Values(128 * 16, 0.3)) : null);

        AttentionWeights Attention() =>
            new(Values(64 * 64, 0.2), Values(32 * 64, 0.2), Values(32 * 64, 0.2), Values(64 * 64, 0.2), Values(16, 0.2), Values(16, 0.2));

        float Value() => (float)((random.NextDouble() * 4) - 2);

        float[] Values(int count, double spread) => [.. Enumerable.Range(0, count).Select(_ => (float)(((random.NextDouble() * 2) - 1) * spread))];
    }
}
