using NeedleBench.San.Checkpoints;

namespace NeedleBench.Benchmarks;

/// <summary>Checkpoints of real size with seeded random numbers in them.</summary>
static class RandomWeights
{
    /// <summary>The published shape: 26 million parameters.</summary>
    public static SanWeights Needle26M(int seed) => Create(
        new SanConfig { HiddenSize = 512, Heads = 8, KeyValueHeads = 4, EncoderLayers = 12, DecoderLayers = 8, VocabularySize = 8192 }, seed);

    static SanWeights Create(SanConfig config, int seed)
    {
        var random = new Random(seed);
        var scale = 1 / MathF.Sqrt(config.HiddenSize);
        var values = SanTensors.Layout(config, retrieval: false).ToDictionary(
            tensor => tensor.Name,
            tensor => Enumerable.Range(0, tensor.Shape.Aggregate(1, (product, size) => product * size))
                .Select(_ => ((random.NextSingle() * 2) - 1) * scale)
                .ToArray());
        return SanTensors.Assemble(config, values, []);
    }
}
