using System.Numerics.Tensors;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;
using NeedleBench.Training.Kernels;

namespace NeedleBench.Training.Network;

/// <summary>
/// x' = x + σ(gate) · Attention(norm(x)), self or cross, for one example: forward with all that the gradient needs, and the
/// gradient. Every array is row-major and lives in the example's arena.
/// </summary>
sealed unsafe class AttentionSublayer(AttentionParameters parameters, SanConfig config, RotaryEmbedding rotary, bool isCross, bool isCausal)
{
    readonly int _d = config.HiddenSize;
    readonly int _size = config.HeadSize;
    readonly int _queryWidth = config.Heads * config.HeadSize;
    readonly int _keyWidth = config.KeyValueSize;
    readonly float _scale = 1f / MathF.Sqrt(config.HeadSize);
    int _rows;
    int _positions;
    float* _x;           // [rows, d]
    float* _normed;      // [rows, d]
    float* _source;      // [positions, d]: what keys and values are made of
    float* _reciprocals; // [rows]
    float* _rawQuery;    // [rows, query width], before its norm
    float* _rawKey;      // [positions, key width], before its norm
    float* _query;       // normed, turned, scaled
    float* _key;         // normed, turned
    float* _value;
    float* _queryReciprocals; // [rows, heads]
    float* _keyReciprocals;   // [positions, key/value heads]
    float* _probabilities;
    float* _mixed;       // [rows, query width]
    float* _projected;   // [rows, d]
    float _gate;

    /// <summary>Returns x', taken from the arena.</summary>
    /// <param name="x">[rows, d]; kept.</param>
    /// <param name="source">The encoder's output [positions, d] of a cross layer; ignored by a self layer.</param>
    public float* Forward(float* vector, float* x, int rows, float* source, int positions, Arena arena)
    {
        _x = x;
        (_rows, _positions) = (rows, isCross ? positions : rows);
        _normed = arena.Take((long)rows * _d);
        _reciprocals = arena.Take(rows);
        RmsNormGradient.Forward(x, _d, vector + parameters.Norm, _normed, _d, _reciprocals, rows, _d, config.NormEpsilon);
        _source = isCross ? source : _normed;

        _rawQuery = arena.Take((long)rows * _queryWidth);
        _rawKey = arena.Take((long)_positions * _keyWidth);
        _value = arena.Take((long)_positions * _keyWidth);
        parameters.Query.Forward(_normed, rows, _rawQuery, _queryWidth);
        parameters.Key.Forward(_source, _positions, _rawKey, _keyWidth);
        parameters.Value.Forward(_source, _positions, _value, _keyWidth);

        _query = arena.Take((long)rows * _queryWidth);
        _key = arena.Take((long)_positions * _keyWidth);
        _queryReciprocals = arena.Take((long)rows * config.Heads);
        _keyReciprocals = arena.Take((long)_positions * config.KeyValueHeads);
        NormHeads(_rawQuery, _query, vector + parameters.QueryNorm, _queryReciprocals, rows * config.Heads);
        NormHeads(_rawKey, _key, vector + parameters.KeyNorm, _keyReciprocals, _positions * config.KeyValueHeads);
        Turn(_query, rows, config.Heads, backwards: false);
        Turn(_key, _positions, config.KeyValueHeads, backwards: false);
        TensorPrimitives.Multiply(Span(_query, rows * _queryWidth), _scale, Span(_query, rows * _queryWidth));

        _probabilities = arena.Take(AttentionGradient.ProbabilitySize(config.Heads, rows, _positions));
        _mixed = arena.Take((long)rows * _queryWidth);
        AttentionGradient.Forward(
            _query, _key, _value, rows, _positions, config.Heads, config.KeyValueHeads, _size, isCausal, _probabilities, _mixed, arena);
        _projected = arena.Take((long)rows * _d);
        parameters.Output.Forward(_mixed, rows, _projected, _d);

        _gate = 1f / (1f + MathF.Exp(-vector[parameters.Gate]));
        var next = arena.Take((long)rows * _d);
        TensorPrimitives.MultiplyAdd(Span(_projected, rows * _d), _gate, Span(x, rows * _d), Span(next, rows * _d));
        return next;
    }

    /// <summary>Turns the gradient of x' into that of x, in place, and adds to the gradients of the weights and of the source.</summary>
    /// <param name="dstream">[rows, d].</param>
    /// <param name="dsource">[positions, d] of a cross layer; unused by a self layer.</param>
    public void Backward(float* vector, float* gradient, float* dstream, float* dsource, Arena arena)
    {
        var mark = arena.Mark();
        var count = _rows * _d;
        gradient[parameters.Gate] += TensorPrimitives.Dot<float>(Span(dstream, count), Span(_projected, count)) * _gate * (1 - _gate);

        // Output projection.
        var dprojected = arena.Take(count);
        TensorPrimitives.Multiply(Span(dstream, count), _gate, Span(dprojected, count));
        var dmixed = arena.Take((long)_rows * _queryWidth);
        parameters.Output.Backward(dprojected, _d, _rows, dmixed, accumulate: false);
        var packed = arena.Take(Panels.Size(Math.Max(_rows, _positions), Math.Max(_d, _queryWidth)));
        Panels.Pack(_mixed, _queryWidth, _rows, _queryWidth, packed);
        parameters.Output.WeightGradient(dprojected, _d, _rows, packed, gradient + parameters.OutputOffset, arena);

        // Attention, then scale, rotation and norm of the heads.
        var dquery = arena.Take((long)_rows * _queryWidth);
        var dkey = arena.TakeZeroed((long)_positions * _keyWidth);
        var dvalue = arena.TakeZeroed((long)_positions * _keyWidth);
        AttentionGradient.Backward(
            _query, _key, _value, _probabilities, _mixed, dmixed, _rows, _positions, config.Heads, config.KeyValueHeads, _size,
            dquery, dkey, dvalue, arena);
        TensorPrimitives.Multiply(Span(dquery, _rows * _queryWidth), _scale, Span(dquery, _rows * _queryWidth));
        Turn(dquery, _rows, config.Heads, backwards: true);
        Turn(dkey, _positions, config.KeyValueHeads, backwards: true);
        UnnormHeads(dquery, _rawQuery, vector, gradient, parameters.QueryNorm, _queryReciprocals, _rows * config.Heads);
        UnnormHeads(dkey, _rawKey, vector, gradient, parameters.KeyNorm, _keyReciprocals, _positions * config.KeyValueHeads);

        // Query, key and value projections.
        var dnormed = arena.Take(count);
        parameters.Query.Backward(dquery, _queryWidth, _rows, dnormed, accumulate: false);
        Panels.Pack(_normed, _d, _rows, _d, packed);
        parameters.Query.WeightGradient(dquery, _queryWidth, _rows, packed, gradient + parameters.QueryOffset, arena);
        if (isCross)
        {
            Panels.Pack(_source, _d, _positions, _d, packed);
        }

        var into = isCross ? dsource : dnormed;
        parameters.Key.Backward(dkey, _keyWidth, _positions, into, accumulate: true);
        parameters.Value.Backward(dvalue, _keyWidth, _positions, into, accumulate: true);
        parameters.Key.WeightGradient(dkey, _keyWidth, _positions, packed, gradient + parameters.KeyOffset, arena);
        parameters.Value.WeightGradient(dvalue, _keyWidth, _positions, packed, gradient + parameters.ValueOffset, arena);

        RmsNormGradient.Backward(
            dnormed, _d, _x, _d, vector + parameters.Norm, _reciprocals, dstream, _d, gradient + parameters.Norm, _rows, _d, replace: false);
        arena.Release(mark);
    }

    static Span<float> Span(float* pointer, int count) => new(pointer, count);

    // A row of heads is so many rows of one head.
    void NormHeads(float* raw, float* normed, float* gamma, float* reciprocals, int heads) =>
        RmsNormGradient.Forward(raw, _size, gamma, normed, _size, reciprocals, heads, _size, config.NormEpsilon);

    void UnnormHeads(float* dheads, float* raw, float* vector, float* gradient, long norm, float* reciprocals, int heads) =>
        RmsNormGradient.Backward(dheads, _size, raw, _size, vector + norm, reciprocals, dheads, _size, gradient + norm, heads, _size, replace: true);

    // The gradient of a rotation is the rotation back.
    void Turn(float* heads, int rows, int count, bool backwards)
    {
        if (isCross)
        {
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            for (var h = 0; h < count; h++, heads += _size)
            {
                if (backwards)
                {
                    rotary.ApplyInverse(heads, row);
                }
                else
                {
                    rotary.Apply(heads, row);
                }
            }
        }
    }
}
