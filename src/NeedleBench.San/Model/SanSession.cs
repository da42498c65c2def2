using NeedleBench.San.Kernels;

namespace NeedleBench.San.Model;

/// <summary>
/// One request at a time through a <see cref="SanModel"/>: encode a prompt, then advance the decoder token by token. The
/// buffers are kept from request to request; advancing allocates nothing.
/// </summary>
public sealed unsafe class SanSession : IDisposable
{
    readonly SanModel _model;
    readonly int _hidden;
    readonly int _headSize;
    readonly int _queryWidth;    // heads · head size
    readonly int _keyValueWidth; // key/value heads · head size
    readonly int _fusedWidth;    // padded width of a fused query-key-value row
    readonly KeyValueCache[] _selfCaches;
    readonly KeyValueCache[] _crossCaches;
    KeyValueCache _encoderCache;
    Workspace _encoderWork;
    Workspace _decoderWork;
    FloatBuffer _logits; // [rows, vocabulary padded]
    int _encoded;

    public SanSession(SanModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        var config = model.Config;
        _hidden = config.HiddenSize;
        _headSize = config.HeadSize;
        _queryWidth = config.Heads * _headSize;
        _keyValueWidth = config.KeyValueHeads * _headSize;
        _fusedWidth = PanelMultiply.Padded(_queryWidth + (2 * _keyValueWidth));
        _selfCaches = [.. Enumerable.Range(0, config.DecoderLayers).Select(_ => NewCache(64))];
        _crossCaches = [.. Enumerable.Range(0, config.DecoderLayers).Select(_ => NewCache(64))];
        _encoderCache = NewCache(64);
        _encoderWork = NewWorkspace(64, 64);
        _decoderWork = NewWorkspace(1, 64);
        _logits = new FloatBuffer(model.Embedding.PaddedOutputs);
    }

    /// <summary>Positions the decoder has seen.</summary>
    public int DecoderLength => _selfCaches.Length == 0 ? 0 : _selfCaches[0].Length;

    /// <summary>What the encoder made of the last prompt: [tokens, d], valid until the next one.</summary>
    public ReadOnlySpan<float> EncoderOutput => new(_encoderWork.Normed, _encoded * _hidden);

    /// <summary>Runs the encoder, computes the decoder's cross-attention keys and values, and resets the decoder.</summary>
    /// <param name="ids">1 to <see cref="SanModel.MaxEncoderTokens"/> tokens of the vocabulary.</param>
    public void Prefill(ReadOnlySpan<int> ids)
    {
        Encode(ids);
        for (var layer = 0; layer < _crossCaches.Length; layer++)
        {
            Ensure(ref _crossCaches[layer], ids.Length);
            _crossCaches[layer].Truncate(0);
            FillCrossCache(_model.DecoderCrossLayers[layer], _crossCaches[layer]);
        }

        Rewind(0);
    }

    /// <summary>Runs the encoder alone.</summary>
    /// <inheritdoc cref="Prefill"/>
    public void Encode(ReadOnlySpan<int> ids)
    {
        CheckIds(ids, SanModel.MaxEncoderTokens);
        EnsureWorkspace(ref _encoderWork, ids.Length, ids.Length);
        Ensure(ref _encoderCache, ids.Length);
        var rows = ids.Length;
        var work = _encoderWork;
        LookUp(ids, work.Stream);
        foreach (var layer in _model.EncoderLayers)
        {
            _encoderCache.Truncate(0);
            SelfAttention(layer, work, rows, _encoderCache, causalFrom: null);
        }

        Normalise(_model.EncoderNorm, work, rows);
        _encoded = rows;
    }

    /// <summary>Feeds tokens to the decoder, all in one pass; each sees the prompt and the tokens before it.</summary>
    /// <param name="ids">One token or more; together with those before at most <see cref="SanModel.MaxDecoderTokens"/>.</param>
    /// <returns>Logits of the last token, [vocabulary], valid until the next call.</returns>
    public ReadOnlySpan<float> Advance(ReadOnlySpan<int> ids)
    {
        AdvanceHidden(ids);
        return Logits(ids.Length - 1, 1);
    }

    /// <summary>Like <see cref="Advance"/>, with the logits of every token: [tokens, <see cref="LogitsStride"/>].</summary>
    public ReadOnlySpan<float> AdvanceAll(ReadOnlySpan<int> ids)
    {
        AdvanceHidden(ids);
        return Logits(0, ids.Length);
    }

    /// <summary>Floats from one row of <see cref="AdvanceAll"/> to the next; the vocabulary, padded.</summary>
    public int LogitsStride => _model.Embedding.PaddedOutputs;

    /// <summary>Takes the decoder back to its first <paramref name="length"/> tokens.</summary>
    public void Rewind(int length)
    {
        foreach (var cache in _selfCaches)
        {
            cache.Truncate(length);
        }
    }

    /// <summary>The retrieval embedding of a text.</summary>
    /// <param name="ids">Its tokens.</param>
    /// <param name="embedding">[<see cref="SanModel.EmbeddingSize"/>], unit length.</param>
    /// <exception cref="InvalidOperationException">The checkpoint has no retrieval head.</exception>
    public void Embed(ReadOnlySpan<int> ids, Span<float> embedding)
    {
        var head = _model.Retrieval ?? throw new InvalidOperationException("This checkpoint has no retrieval head.");
        Encode(ids);
        head.Embed(EncoderOutput, embedding);
    }

    public void Dispose()
    {
        foreach (var cache in _selfCaches.Concat(_crossCaches))
        {
            cache.Dispose();
        }

        _encoderCache.Dispose();
        _encoderWork.Dispose();
        _decoderWork.Dispose();
        _logits.Dispose();
    }

    void AdvanceHidden(ReadOnlySpan<int> ids)
    {
        CheckIds(ids, SanModel.MaxDecoderTokens - DecoderLength);
        if (_encoded == 0)
        {
            throw new InvalidOperationException("There is no prompt: call Prefill first.");
        }

        var start = DecoderLength;
        for (var layer = 0; layer < _selfCaches.Length; layer++)
        {
            Ensure(ref _selfCaches[layer], start + ids.Length);
        }

        EnsureWorkspace(ref _decoderWork, ids.Length, Math.Max(_encoded, start + ids.Length));
        var work = _decoderWork;
        LookUp(ids, work.Stream);
        for (var layer = 0; layer < _selfCaches.Length; layer++)
        {
            SelfAttention(_model.DecoderSelfLayers[layer], work, ids.Length, _selfCaches[layer], causalFrom: start);
            CrossAttention(_model.DecoderCrossLayers[layer], work, ids.Length, _crossCaches[layer]);
        }

        Normalise(_model.DecoderNorm, work, ids.Length);
    }

    ReadOnlySpan<float> Logits(int firstRow, int rows)
    {
        var stride = LogitsStride;
        if (_logits.Length < (long)rows * stride)
        {
            _logits.Dispose();
            _logits = new FloatBuffer((long)rows * stride);
        }

        _model.Embedding.Multiply(_decoderWork.Normed + ((nint)firstRow * _hidden), rows, _logits.Pointer, stride, _model.Pool);
        return new ReadOnlySpan<float>(_logits.Pointer, ((rows - 1) * stride) + _model.Config.VocabularySize);
    }

    // Embedding rows are scaled by sqrt(d); the tied output layer is not.
    void LookUp(ReadOnlySpan<int> ids, float* stream)
    {
        var scale = MathF.Sqrt(_hidden);
        for (var r = 0; r < ids.Length; r++)
        {
            var row = stream + ((nint)r * _hidden);
            _model.Embedding.CopyRow(ids[r], row);
            for (var i = 0; i < _hidden; i++)
            {
                row[i] *= scale;
            }
        }
    }

    void SelfAttention(SelfAttentionLayer layer, Workspace work, int rows, KeyValueCache cache, int? causalFrom)
    {
        var config = _model.Config;
        Normalise(layer.Norm, work, rows);
        layer.QueryKeyValue.Multiply(work.Normed, rows, work.Fused, _fusedWidth, _model.Pool); // [rows, q | k | v]
        var start = cache.Length;
        for (var r = 0; r < rows; r++)
        {
            var row = work.Fused + ((nint)r * _fusedWidth);
            Rotate(row, layer.QueryNorm, config.Heads, start + r);
            Rotate(row + _queryWidth, layer.KeyNorm, config.KeyValueHeads, start + r);
        }

        cache.Append(work.Fused + _queryWidth, work.Fused + _queryWidth + _keyValueWidth, _fusedWidth, rows);
        Attend(work, _fusedWidth, rows, cache, causalFrom);
        layer.Output.Multiply(work.Mixed, rows, work.Projected, work.ProjectedStride, _model.Pool);
        ScaledAdd.Apply(work.Stream, work.Projected, work.ProjectedStride, rows, _hidden, layer.Gate);
    }

    void CrossAttention(CrossAttentionLayer layer, Workspace work, int rows, KeyValueCache cache)
    {
        Normalise(layer.Norm, work, rows);
        layer.Query.Multiply(work.Normed, rows, work.Fused, _fusedWidth, _model.Pool);
        for (var r = 0; r < rows; r++)
        {
            NormaliseHeads(work.Fused + ((nint)r * _fusedWidth), layer.QueryNorm, _model.Config.Heads);
        }

        Attend(work, _fusedWidth, rows, cache, causalFrom: null);
        layer.Output.Multiply(work.Mixed, rows, work.Projected, work.ProjectedStride, _model.Pool);
        ScaledAdd.Apply(work.Stream, work.Projected, work.ProjectedStride, rows, _hidden, layer.Gate);
    }

    void FillCrossCache(CrossAttentionLayer layer, KeyValueCache cache)
    {
        var work = _encoderWork;
        layer.KeyValue.Multiply(work.Normed, _encoded, work.Fused, _fusedWidth, _model.Pool); // [tokens, k | v]
        for (var r = 0; r < _encoded; r++)
        {
            NormaliseHeads(work.Fused + ((nint)r * _fusedWidth), layer.KeyNorm, _model.Config.KeyValueHeads);
        }

        cache.Append(work.Fused, work.Fused + _keyValueWidth, _fusedWidth, _encoded);
    }

    void Attend(Workspace work, int queryStride, int rows, KeyValueCache cache, int? causalFrom) =>
        GroupedQueryAttention.Apply(
            work.Fused, queryStride, rows, _model.Config.Heads, _model.Config.KeyValueHeads, _headSize,
            cache, causalFrom, work.Mixed, _queryWidth, work.Scores, _model.Pool);

    void Normalise(FloatBuffer scale, Workspace work, int rows) =>
        ZeroCentredRmsNorm.Apply(work.Stream, _hidden, scale.Pointer, work.Normed, _hidden, rows, _hidden, (float)_model.Config.NormEpsilon);

    void NormaliseHeads(float* heads, FloatBuffer scale, int count) =>
        ZeroCentredRmsNorm.Apply(heads, _headSize, scale.Pointer, heads, _headSize, count, _headSize, (float)_model.Config.NormEpsilon);

    void Rotate(float* heads, FloatBuffer scale, int count, int position)
    {
        NormaliseHeads(heads, scale, count);
        for (var h = 0; h < count; h++)
        {
            _model.Rotary.Apply(heads + (h * _headSize), position);
        }
    }

    void CheckIds(ReadOnlySpan<int> ids, int most)
    {
        if (ids.Length == 0 || ids.Length > most)
        {
            throw new ArgumentOutOfRangeException(nameof(ids), ids.Length, $"1 to {most} tokens can be fed here.");
        }

        foreach (var id in ids)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)_model.Config.VocabularySize, nameof(ids));
        }
    }

    KeyValueCache NewCache(int capacity) => new(_model.Config.KeyValueHeads, _headSize, capacity);

    Workspace NewWorkspace(int rows, int positions) =>
        new(rows, positions, _hidden, _queryWidth, _fusedWidth, _model.Pool.Threads);

    // Doubling keeps the number of times that anything grows below ten a session.
    void Ensure(ref KeyValueCache cache, int length)
    {
        if (cache.Capacity >= length)
        {
            return;
        }

        var larger = NewCache(Math.Max(length, cache.Capacity * 2));
        cache.CopyTo(larger);
        cache.Dispose();
        cache = larger;
    }

    void EnsureWorkspace(ref Workspace work, int rows, int positions)
    {
        if (work.Rows < rows || work.Positions < positions)
        {
            var larger = NewWorkspace(Grow(work.Rows, rows), Grow(work.Positions, positions));
            work.Dispose();
            work = larger;
        }

        static int Grow(int have, int need) => have >= need ? have : Math.Max(need, have * 2);
    }
}
