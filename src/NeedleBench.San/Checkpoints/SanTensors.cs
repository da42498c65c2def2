namespace NeedleBench.San.Checkpoints;

/// <summary>
/// Between <see cref="SanWeights"/> and its tensors under their names. <see cref="Of"/> and <see cref="Assemble"/> are each
/// other's inverse; <see cref="Layout"/> says what a config asks for.
/// </summary>
public static class SanTensors
{
    /// <summary>Names and shapes of every tensor a checkpoint of this config has, the output layer left out.</summary>
    /// <param name="config">A valid config.</param>
    /// <param name="retrieval">Whether the retrieval head is among them.</param>
    public static IEnumerable<(string Name, int[] Shape)> Layout(SanConfig config, bool retrieval)
    {
        var d = config.HiddenSize;
        yield return (SanTensorNames.Embedding, [config.VocabularySize, d]);
        yield return (SanTensorNames.EncoderFinalNorm, [d]);
        yield return (SanTensorNames.DecoderFinalNorm, [d]);
        for (var layer = 0; layer < config.EncoderLayers; layer++)
        {
            yield return (SanTensorNames.EncoderInputNorm(layer), [d]);
            yield return (SanTensorNames.EncoderGate(layer), [1]);
            foreach (var tensor in AttentionLayout(SanTensorNames.EncoderSelfAttention(layer), config))
            {
                yield return tensor;
            }
        }

        for (var layer = 0; layer < config.DecoderLayers; layer++)
        {
            yield return (SanTensorNames.DecoderSelfNorm(layer), [d]);
            yield return (SanTensorNames.DecoderSelfGate(layer), [1]);
            yield return (SanTensorNames.DecoderCrossNorm(layer), [d]);
            yield return (SanTensorNames.DecoderCrossGate(layer), [1]);
            foreach (var tensor in AttentionLayout(SanTensorNames.DecoderSelfAttention(layer), config))
            {
                yield return tensor;
            }

            foreach (var tensor in AttentionLayout(SanTensorNames.DecoderCrossAttention(layer), config))
            {
                yield return tensor;
            }
        }

        if (retrieval)
        {
            var width = RetrievalHeadWeights.HiddenWidth(config);
            yield return (SanTensorNames.RetrievalHidden, [width, d]);
            yield return (SanTensorNames.RetrievalHiddenBias, [width]);
            yield return (SanTensorNames.RetrievalProjection, [RetrievalHeadWeights.EmbeddingSize, width]);
        }
    }

    /// <summary>Every tensor of the weights, the output layer among them (the embedding's array under its other name). Gates are [1].</summary>
    public static IEnumerable<(string Name, int[] Shape, float[] Values)> Of(SanWeights weights)
    {
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal)
        {
            [SanTensorNames.Embedding] = weights.Embedding,
            [SanTensorNames.EncoderFinalNorm] = weights.EncoderFinalNorm,
            [SanTensorNames.DecoderFinalNorm] = weights.DecoderFinalNorm,
        };
        for (var layer = 0; layer < weights.Encoder.Count; layer++)
        {
            values[SanTensorNames.EncoderInputNorm(layer)] = weights.Encoder[layer].InputNorm;
            values[SanTensorNames.EncoderGate(layer)] = [weights.Encoder[layer].Gate];
            AddAttention(values, SanTensorNames.EncoderSelfAttention(layer), weights.Encoder[layer].SelfAttention);
        }

        for (var layer = 0; layer < weights.Decoder.Count; layer++)
        {
            values[SanTensorNames.DecoderSelfNorm(layer)] = weights.Decoder[layer].SelfNorm;
            values[SanTensorNames.DecoderSelfGate(layer)] = [weights.Decoder[layer].SelfGate];
            values[SanTensorNames.DecoderCrossNorm(layer)] = weights.Decoder[layer].CrossNorm;
            values[SanTensorNames.DecoderCrossGate(layer)] = [weights.Decoder[layer].CrossGate];
            AddAttention(values, SanTensorNames.DecoderSelfAttention(layer), weights.Decoder[layer].SelfAttention);
            AddAttention(values, SanTensorNames.DecoderCrossAttention(layer), weights.Decoder[layer].CrossAttention);
        }

        if (weights.Retrieval is { } retrieval)
        {
            values[SanTensorNames.RetrievalHidden] = retrieval.Hidden;
            values[SanTensorNames.RetrievalHiddenBias] = retrieval.HiddenBias;
            values[SanTensorNames.RetrievalProjection] = retrieval.Projection;
        }

        yield return (SanTensorNames.OutputLayer, [weights.Config.VocabularySize, weights.Config.HiddenSize], weights.Embedding);
        foreach (var (name, shape) in Layout(weights.Config, weights.Retrieval is not null))
        {
            yield return (name, shape, values[name]);
        }
    }

    /// <summary>Puts weights together from tensors by name.</summary>
    /// <param name="config">A valid config.</param>
    /// <param name="values">Every tensor of <see cref="Layout"/>; with a retrieval head where its tensors are among them.</param>
    /// <param name="unknown">Becomes <see cref="SanWeights.UnknownTensors"/>.</param>
    /// <exception cref="KeyNotFoundException">A tensor is missing.</exception>
    /// <exception cref="ArgumentException">A tensor has a length that does not fit the config.</exception>
    public static SanWeights Assemble(SanConfig config, IReadOnlyDictionary<string, float[]> values, IReadOnlyList<string>? unknown = null)
    {
        AttentionWeights Attention(string name) => new(
            values[SanTensorNames.Query(name)],
            values[SanTensorNames.Key(name)],
            values[SanTensorNames.Value(name)],
            values[SanTensorNames.Output(name)],
            values[SanTensorNames.QueryNorm(name)],
            values[SanTensorNames.KeyNorm(name)]);

        EncoderLayerWeights EncoderLayer(int layer) => new(
            values[SanTensorNames.EncoderInputNorm(layer)],
            values[SanTensorNames.EncoderGate(layer)][0],
            Attention(SanTensorNames.EncoderSelfAttention(layer)));

        DecoderLayerWeights DecoderLayer(int layer) => new(
            values[SanTensorNames.DecoderSelfNorm(layer)],
            values[SanTensorNames.DecoderSelfGate(layer)][0],
            Attention(SanTensorNames.DecoderSelfAttention(layer)),
            values[SanTensorNames.DecoderCrossNorm(layer)],
            values[SanTensorNames.DecoderCrossGate(layer)][0],
            Attention(SanTensorNames.DecoderCrossAttention(layer)));

        return new SanWeights(
            config,
            values[SanTensorNames.Embedding],
            [.. Enumerable.Range(0, config.EncoderLayers).Select(EncoderLayer)],
            values[SanTensorNames.EncoderFinalNorm],
            [.. Enumerable.Range(0, config.DecoderLayers).Select(DecoderLayer)],
            values[SanTensorNames.DecoderFinalNorm],
            values.TryGetValue(SanTensorNames.RetrievalHidden, out var hidden)
                ? new RetrievalHeadWeights(hidden, values[SanTensorNames.RetrievalHiddenBias], values[SanTensorNames.RetrievalProjection])
                : null)
        {
            UnknownTensors = unknown ?? [],
        };
    }

    static IEnumerable<(string Name, int[] Shape)> AttentionLayout(string attention, SanConfig config)
    {
        var (d, kv) = (config.HiddenSize, config.KeyValueSize);
        yield return (SanTensorNames.Query(attention), [d, d]);
        yield return (SanTensorNames.Key(attention), [kv, d]);
        yield return (SanTensorNames.Value(attention), [kv, d]);
        yield return (SanTensorNames.Output(attention), [d, d]);
        yield return (SanTensorNames.QueryNorm(attention), [config.HeadSize]);
        yield return (SanTensorNames.KeyNorm(attention), [config.HeadSize]);
    }

    static void AddAttention(Dictionary<string, float[]> values, string name, AttentionWeights attention)
    {
        values[SanTensorNames.Query(name)] = attention.Query;
        values[SanTensorNames.Key(name)] = attention.Key;
        values[SanTensorNames.Value(name)] = attention.Value;
        values[SanTensorNames.Output(name)] = attention.Output;
        values[SanTensorNames.QueryNorm(name)] = attention.QueryNorm;
        values[SanTensorNames.KeyNorm(name)] = attention.KeyNorm;
    }
}
