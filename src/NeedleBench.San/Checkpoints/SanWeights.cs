namespace NeedleBench.San.Checkpoints;

/// <summary>
/// All weights of a checkpoint as plain floats, before they are packed for the kernels. Matrices are row-major [out, in], norms
/// are zero-centred γ (0 means scale 1), gates stand before the sigmoid. Every array has the length its config asks for.
/// </summary>
public sealed class SanWeights
{
    /// <exception cref="InputException">The config is impossible.</exception>
    /// <exception cref="ArgumentException">An array has a length that does not fit the config; the message names the tensor.</exception>
    public SanWeights(
        SanConfig config,
        float[] embedding,
        IReadOnlyList<EncoderLayerWeights> encoder,
        float[] encoderFinalNorm,
        IReadOnlyList<DecoderLayerWeights> decoder,
        float[] decoderFinalNorm,
        RetrievalHeadWeights? retrieval = null)
    {
        config.Validate();
        Config = config;
        Embedding = embedding;
        Encoder = encoder;
        EncoderFinalNorm = encoderFinalNorm;
        Decoder = decoder;
        DecoderFinalNorm = decoderFinalNorm;
        Retrieval = retrieval;
        if (encoder.Count != config.EncoderLayers || decoder.Count != config.DecoderLayers)
        {
            throw new ArgumentException(
                $"The config has {config.EncoderLayers} encoder and {config.DecoderLayers} decoder layers, "
                + $"the weights {encoder.Count} and {decoder.Count}.");
        }

        foreach (var (name, shape, values) in SanTensors.Of(this))
        {
            if (shape.Aggregate(1L, (product, size) => product * size) != values.Length)
            {
                throw new ArgumentException($"Tensor '{name}' has {values.Length} values, which is not its shape {CheckpointText.Shape(shape)}.");
            }
        }
    }

    public SanConfig Config { get; }

    /// <summary>[vocabulary, d]; the output layer is the same matrix.</summary>
    public float[] Embedding { get; }

    public IReadOnlyList<EncoderLayerWeights> Encoder { get; }

    /// <summary>Zero-centred γ, [d].</summary>
    public float[] EncoderFinalNorm { get; }

    public IReadOnlyList<DecoderLayerWeights> Decoder { get; }

    /// <summary>Zero-centred γ, [d].</summary>
    public float[] DecoderFinalNorm { get; }

    /// <summary>Null where the checkpoint has no retrieval head, as in the authors' own folder.</summary>
    public RetrievalHeadWeights? Retrieval { get; }

    /// <summary>Names in the file that belong to no part of the network and were not read, in ordinal order.</summary>
    public IReadOnlyList<string> UnknownTensors { get; init; } = [];

    /// <summary>How many numbers the network has; the tied output layer counts once.</summary>
    public long ParameterCount =>
        SanTensors.Of(this).Where(tensor => tensor.Name != SanTensorNames.OutputLayer).Sum(tensor => tensor.Values.LongLength);
}
