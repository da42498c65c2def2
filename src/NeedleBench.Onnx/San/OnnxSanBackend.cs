using System.Globalization;
using NeedleBench.Onnx.Runtime;
using NeedleBench.San;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Model;

namespace NeedleBench.Onnx.San;

/// <summary>
/// Runs the graphs that <see cref="SanOnnxExport"/> writes. The decoder's cache stays in one place with room for every position;
/// a step binds nothing anew.
/// </summary>
sealed class OnnxSanBackend : ISanBackend
{
    readonly OnnxSession _encoder;
    readonly OnnxSession _decoder;
    readonly OnnxSession? _retrieval;
    readonly OnnxBinding _step;
    readonly string[] _crossNames;
    readonly List<OnnxValue> _held = [];
    readonly int[] _lengths = new int[1];
    readonly int[] _total = new int[1];
    long[] _ids = [];
    OnnxValue? _idsValue;
    OnnxValue? _logits;
    int _length;
    bool _hasPrompt;

    /// <param name="sessions">Owned from here on, also where this throws.</param>
    /// <param name="config">The folder's.</param>
    public OnnxSanBackend(SanOnnxSessions sessions, SanConfig config)
    {
        (_encoder, _decoder, _retrieval) = (sessions.Encoder, sessions.Decoder, sessions.Retrieval);
        VocabularySize = config.VocabularySize;
        EosId = config.EosId;
        DecoderStartId = config.DecoderStartId;
        WeightBytes = sessions.Bytes;
        Precision = _decoder.Metadata.GetValueOrDefault(SanOnnxNames.PrecisionKey, "unknown");
        Parameters = long.TryParse(
            _decoder.Metadata.GetValueOrDefault(SanOnnxNames.ParametersKey), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
        _crossNames =
        [
            .. Enumerable.Range(0, config.DecoderLayers).SelectMany(i => new[] { SanOnnxNames.CrossKey(i), SanOnnxNames.CrossValue(i) }),
        ];
        _step = _decoder.CreateBinding();
        try
        {
            Hold(SanOnnxNames.SequenceLength, OnnxValue.Over(_lengths, 1));
            Hold(SanOnnxNames.TotalLength, OnnxValue.Over(_total));
            for (var i = 0; i < config.DecoderLayers; i++)
            {
                HoldCache(SanOnnxNames.PastKey(i), SanOnnxNames.PresentKey(i), config);
                HoldCache(SanOnnxNames.PastValue(i), SanOnnxNames.PresentValue(i), config);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Precision { get; }

    public long? Parameters { get; }

    public long? WeightBytes { get; }

    public int VocabularySize { get; }

    public int EosId { get; }

    public int DecoderStartId { get; }

    public int EmbeddingSize => _retrieval is null ? 0 : RetrievalHeadWeights.EmbeddingSize;

    public void Prefill(ReadOnlySpan<int> ids)
    {
        using var input = SanOnnxSessions.Ids(ids);
        var cross = _encoder.Run([(SanOnnxNames.InputIds, input)], _crossNames);
        for (var i = 0; i < cross.Length; i++)
        {
            // The binding keeps it; this handle is not needed any more.
            _step.BindInput(_crossNames[i], cross[i]);
            cross[i].Dispose();
        }

        _length = 0;
        _hasPrompt = true;
    }

    public ReadOnlySpan<float> Advance(ReadOnlySpan<int> ids)
    {
        if (!_hasPrompt)
        {
            throw new InvalidOperationException("There is no prompt: call Prefill first.");
        }

        if (ids.Length == 0 || ids.Length > SanModel.MaxDecoderTokens - _length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(ids), ids.Length, $"1 to {SanModel.MaxDecoderTokens - _length} tokens can be fed here.");
        }

        if (ids.Length != _ids.Length)
        {
            BindRows(ids.Length);
        }

        for (var i = 0; i < ids.Length; i++)
        {
            _ids[i] = ids[i];
        }

        _total[0] = _length + ids.Length;
        _lengths[0] = _total[0] - 1;
        _decoder.Run(_step);
        _length = _total[0];
        return _logits!.AsSpan<float>()[^VocabularySize..];
    }

    public void Embed(ReadOnlySpan<int> ids, Span<float> embedding)
    {
        if (_retrieval is null)
        {
            throw new InvalidOperationException("This checkpoint has no retrieval head.");
        }

        using var input = SanOnnxSessions.Ids(ids);
        using var encoded = _encoder.Run([(SanOnnxNames.InputIds, input)], [SanOnnxNames.EncoderOutput])[0];
        using var embedded = _retrieval.Run([(SanOnnxNames.EncoderOutput, encoded)])[0];
        embedded.AsSpan<float>().CopyTo(embedding);
    }

    public void Dispose()
    {
        _step.Dispose();
        _held.ForEach(value => value.Dispose());
        _idsValue?.Dispose();
        _logits?.Dispose();
        _encoder.Dispose();
        _decoder.Dispose();
        _retrieval?.Dispose();
    }

    void Hold(string input, OnnxValue value)
    {
        _held.Add(value);
        _step.BindInput(input, value);
    }

    void HoldCache(string past, string present, SanConfig config)
    {
        var cache = OnnxValue.Allocate(OnnxElementType.Float, 1, config.KeyValueHeads, SanModel.MaxDecoderTokens, config.HeadSize);
        Hold(past, cache);
        _step.BindOutput(present, cache);
    }

    void BindRows(int rows)
    {
        _idsValue?.Dispose();
        _logits?.Dispose();
        _ids = new long[rows];
        _idsValue = OnnxValue.Over(_ids, 1, rows);
        _logits = OnnxValue.Allocate(OnnxElementType.Float, 1, rows, VocabularySize);
        _step.BindInput(SanOnnxNames.InputIds, _idsValue);
        _step.BindOutput(SanOnnxNames.Logits, _logits);
    }
}
