using NeedleBench.Onnx.Runtime;
using NeedleBench.San;
using NeedleBench.San.Checkpoints;

namespace NeedleBench.Onnx.San;

/// <summary>
/// Runs Needle as its community exported it: the decoder takes the encoder's output, computes cross-attention's keys and values
/// anew each step, and gets its cache as one tensor [layers, 2, 1, kv heads, past, head size]. Its graphs have no retrieval head.
/// </summary>
sealed class CommunitySanBackend : ISanBackend
{
    readonly SanOnnxSessions _sessions;
    readonly string _logitsName;
    readonly string _presentName;
    readonly long[] _emptyCache;
    readonly long[] _id = new long[1];
    readonly OnnxValue _idValue;
    OnnxValue? _encoded;
    OnnxValue? _past;
    OnnxValue? _logits;

    /// <param name="sessions">Owned from here on, also where this throws.</param>
    /// <param name="folder">For messages.</param>
    /// <param name="config">The folder's, where it has one; else the network's usual ids hold.</param>
    /// <param name="pieces">The tokenizer's vocabulary: how many logits there are where the graph does not say.</param>
    public CommunitySanBackend(SanOnnxSessions sessions, string folder, SanConfig? config, int pieces)
    {
        _sessions = sessions;
        try
        {
            var past = sessions.Decoder.Inputs.Single(input => input.Name == SanOnnxNames.CommunityPast);
            (_logitsName, _presentName, VocabularySize) = Outputs(sessions.Decoder, config?.VocabularySize ?? pieces, folder);
            _emptyCache = EmptyCache(past, folder);
            EosId = config?.EosId ?? 1;
            DecoderStartId = config?.DecoderStartId ?? 1;
            WeightBytes = sessions.Bytes;
            _idValue = OnnxValue.Over(_id, 1, 1);
        }
        catch
        {
            sessions.Encoder.Dispose();
            sessions.Decoder.Dispose();
            sessions.Retrieval?.Dispose();
            throw;
        }
    }

    // The graph does not say.
    public string Precision => "unknown";

    public long? Parameters => null;

    public long? WeightBytes { get; }

    public int VocabularySize { get; }

    public int EosId { get; }

    public int DecoderStartId { get; }

    public int EmbeddingSize => 0;

    public void Prefill(ReadOnlySpan<int> ids)
    {
        using var input = SanOnnxSessions.Ids(ids);
        var encoded = _sessions.Encoder.Run([(SanOnnxNames.InputIds, input)], [SanOnnxNames.EncoderOutput])[0];
        _encoded?.Dispose();
        _encoded = encoded;
        _past?.Dispose();
        _past = OnnxValue.Allocate(OnnxElementType.Float, _emptyCache);
    }

    public ReadOnlySpan<float> Advance(ReadOnlySpan<int> ids)
    {
        if (_encoded is null)
        {
            throw new InvalidOperationException("There is no prompt: call Prefill first.");
        }

        ArgumentOutOfRangeException.ThrowIfZero(ids.Length, nameof(ids));
        foreach (var id in ids)
        {
            // The graph takes one token a step.
            _id[0] = id;
            var outputs = _sessions.Decoder.Run(
                [(SanOnnxNames.CommunityDecoderIds, _idValue), (SanOnnxNames.EncoderOutput, _encoded), (SanOnnxNames.CommunityPast, _past!)],
                [_logitsName, _presentName]);
            _logits?.Dispose();
            _past!.Dispose();
            (_logits, _past) = (outputs[0], outputs[1]);
        }

        return _logits!.AsSpan<float>()[^VocabularySize..];
    }

    public void Embed(ReadOnlySpan<int> ids, Span<float> embedding) => throw new InvalidOperationException("This export has no retrieval head.");

    public void Dispose()
    {
        _idValue.Dispose();
        _encoded?.Dispose();
        _past?.Dispose();
        _logits?.Dispose();
        _sessions.Encoder.Dispose();
        _sessions.Decoder.Dispose();
        _sessions.Retrieval?.Dispose();
    }

    static (string Logits, string Present, int Vocabulary) Outputs(OnnxSession decoder, int vocabulary, string folder)
    {
        var logits = decoder.Outputs.FirstOrDefault(output => output.Name == SanOnnxNames.Logits) ?? decoder.Outputs.FirstOrDefault(output => output.Shape.Count == 3);
        var present = decoder.Outputs.FirstOrDefault(output => output.Shape.Count == 6);
        return logits is null || present is null
            ? throw new InputException(
                $"the decoder's outputs are {string.Join(", ", decoder.Outputs)}", "It must have logits, and a cache of six dimensions.",
                Path.Combine(folder, SanOnnxNames.DecoderFile))
            : (logits.Name, present.Name, (int)(logits.Shape[^1].Size ?? vocabulary));
    }

    static long[] EmptyCache(OnnxTensorInfo past, string folder)
    {
        // Batch and past are free.
        long?[] sizes = past.Shape.Count == 6
            ? [past.Shape[0].Size, past.Shape[1].Size, 1, past.Shape[3].Size, 0, past.Shape[5].Size]
            : [null];
        return sizes.Contains(null) || past.ElementType != OnnxElementType.Float
            ? throw new InputException(
                $"the decoder's cache is {past}", "It must be floats of [layers, 2, batch, key/value heads, past, head size], all but batch and past fixed.",
                Path.Combine(folder, SanOnnxNames.DecoderFile))
            : Array.ConvertAll(sizes, size => size!.Value);
    }
}
