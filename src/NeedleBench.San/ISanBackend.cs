namespace NeedleBench.San;

/// <summary>
/// What runs a SAN's arithmetic: the native runtime, or another one. Prompt, grammar, retrieval and answer stand above it, so
/// that two backends differ in their arithmetic alone. Not thread-safe.
/// </summary>
public interface ISanBackend : IDisposable
{
    /// <summary>How the weights are held: <c>fp32</c>, <c>int8</c>, …</summary>
    string Precision { get; }

    /// <summary>Number of weights, where known; the tied output layer counts once.</summary>
    long? Parameters { get; }

    /// <summary>Bytes that the weights take, where known.</summary>
    long? WeightBytes { get; }

    /// <summary>How many logits a step has.</summary>
    int VocabularySize { get; }

    /// <summary>The token that ends an answer.</summary>
    int EosId { get; }

    /// <summary>The token that the decoder is started with.</summary>
    int DecoderStartId { get; }

    /// <summary>Length of a retrieval embedding; 0 where the checkpoint has no retrieval head.</summary>
    int EmbeddingSize { get; }

    /// <summary>Encodes a prompt, computes the decoder's cross-attention keys and values, and resets the decoder.</summary>
    /// <param name="ids">1 to <see cref="Model.SanModel.MaxEncoderTokens"/> tokens of the vocabulary.</param>
    void Prefill(ReadOnlySpan<int> ids);

    /// <summary>Feeds tokens to the decoder, all in one pass; each sees the prompt and the tokens before it.</summary>
    /// <param name="ids">One token or more; together with those before at most <see cref="Model.SanModel.MaxDecoderTokens"/>.</param>
    /// <returns>Logits of the last token, [<see cref="VocabularySize"/>], valid until the next call.</returns>
    ReadOnlySpan<float> Advance(ReadOnlySpan<int> ids);

    /// <summary>The retrieval embedding of a text. The prompt that was prefilled before is lost.</summary>
    /// <param name="ids">Its tokens.</param>
    /// <param name="embedding">[<see cref="EmbeddingSize"/>], unit length.</param>
    /// <exception cref="InvalidOperationException">The checkpoint has no retrieval head.</exception>
    void Embed(ReadOnlySpan<int> ids, Span<float> embedding);
}
