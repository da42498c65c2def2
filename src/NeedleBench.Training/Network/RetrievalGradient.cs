using System.Numerics.Tensors;
using NeedleBench.San.Checkpoints;
using NeedleBench.Training.Kernels;

namespace NeedleBench.Training.Network;

/// <summary>
/// The retrieval head over the encoder for one text at a time: mean → Linear(d → width, bias) → ReLU → Linear(→ 128) → unit
/// length, and its gradient. The gradient runs the encoder again, so that a batch of texts need not keep its activations
/// until the loss over all of them is known.
/// </summary>
sealed unsafe class RetrievalGradient(NetworkParameters network, EncoderGradient encoder, Arena arena)
{
    readonly int _d = network.Layout.Config.HiddenSize;
    readonly int _inner = RetrievalHeadWeights.HiddenWidth(network.Layout.Config);
    readonly float* _hidden = network.Vector + network.Layout[SanTensorNames.RetrievalHidden].Offset;         // [inner, d]
    readonly float* _bias = network.Vector + network.Layout[SanTensorNames.RetrievalHiddenBias].Offset;       // [inner]
    readonly float* _projection = network.Vector + network.Layout[SanTensorNames.RetrievalProjection].Offset; // [size, inner]
    readonly float[] _mean = new float[network.Layout.Config.HiddenSize];
    readonly float[] _active = new float[RetrievalHeadWeights.HiddenWidth(network.Layout.Config)];
    readonly float[] _unit = new float[RetrievalHeadWeights.EmbeddingSize];
    float _reciprocal;

    /// <summary>Writes a text's embedding, [128], unit length.</summary>
    public void Embed(ReadOnlySpan<int> ids, Span<float> embedding)
    {
        arena.Release(default);
        Forward(ids);
        _unit.CopyTo(embedding);
    }

    /// <summary>Adds to the gradients of encoder and head what an embedding's gradient comes to.</summary>
    /// <param name="ids">The text.</param>
    /// <param name="dembedding">[128].</param>
    /// <param name="gradient">As long as the parameter vector.</param>
    public void Backward(ReadOnlySpan<int> ids, ReadOnlySpan<float> dembedding, float* gradient)
    {
        arena.Release(default);
        Forward(ids);

        // e = u / |u|: the gradient loses its part along e.
        Span<float> du = stackalloc float[RetrievalHeadWeights.EmbeddingSize];
        TensorPrimitives.Multiply(_unit, -TensorPrimitives.Dot(dembedding, _unit), du);
        TensorPrimitives.Add(du, dembedding, du);
        TensorPrimitives.Multiply(du, _reciprocal, du);

        var layout = network.Layout;
        var dactive = new Span<float>(arena.TakeZeroed(_inner), _inner);
        for (var n = 0; n < du.Length; n++)
        {
            var row = Row(_projection, n, _inner);
            TensorPrimitives.MultiplyAdd(row, du[n], dactive, dactive);
            var drow = Row(gradient + layout[SanTensorNames.RetrievalProjection].Offset, n, _inner);
            TensorPrimitives.MultiplyAdd(_active, du[n], drow, drow);
        }

        var dmean = new Span<float>(arena.TakeZeroed(_d), _d);
        for (var j = 0; j < _inner; j++)
        {
            if (_active[j] > 0)
            {
                gradient[layout[SanTensorNames.RetrievalHiddenBias].Offset + j] += dactive[j];
                TensorPrimitives.MultiplyAdd(Row(_hidden, j, _d), dactive[j], dmean, dmean);
                var drow = Row(gradient + layout[SanTensorNames.RetrievalHidden].Offset, j, _d);
                TensorPrimitives.MultiplyAdd(_mean, dactive[j], drow, drow);
            }
        }

        var dencoded = arena.Take((long)ids.Length * _d);
        TensorPrimitives.Multiply(dmean, 1f / ids.Length, dmean);
        for (var t = 0; t < ids.Length; t++)
        {
            dmean.CopyTo(Row(dencoded, t, _d));
        }

        encoder.Backward(ids, dencoded, gradient);
    }

    void Forward(ReadOnlySpan<int> ids)
    {
        var encoded = encoder.Forward(ids);
        Array.Clear(_mean);
        for (var t = 0; t < ids.Length; t++)
        {
            TensorPrimitives.Add(_mean, Row(encoded, t, _d), _mean);
        }

        TensorPrimitives.Multiply(_mean, 1f / ids.Length, _mean);
        for (var j = 0; j < _inner; j++)
        {
            _active[j] = MathF.Max(0, _bias[j] + TensorPrimitives.Dot(_mean, (ReadOnlySpan<float>)Row(_hidden, j, _d)));
        }

        for (var n = 0; n < _unit.Length; n++)
        {
            _unit[n] = TensorPrimitives.Dot(_active, (ReadOnlySpan<float>)Row(_projection, n, _inner));
        }

        // A head whose units are all off has no direction; its gradient is 0.
        var norm = TensorPrimitives.Norm<float>(_unit);
        _reciprocal = norm > 0 ? 1 / norm : 0;
        TensorPrimitives.Multiply(_unit, _reciprocal, _unit);
    }

    static Span<float> Row(float* matrix, int row, int columns) => new(matrix + ((nint)row * columns), columns);
}
