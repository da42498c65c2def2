using System.Numerics.Tensors;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;
using NeedleBench.Training.Kernels;

namespace NeedleBench.Training.Network;

/// <summary>
/// Loss of one example, and its gradient added to a vector. Examples go through one by one, each at its own length: nothing
/// is padded, and several of these work side by side on threads of their own.
/// </summary>
sealed unsafe class ExampleGradient : IDisposable
{
    readonly NetworkParameters _network;
    readonly SanConfig _config;
    readonly EncoderGradient _encoder;
    readonly AttentionSublayer[] _decoderSelf;
    readonly AttentionSublayer[] _decoderCross;
    readonly Arena _arena = new();

    public ExampleGradient(NetworkParameters network)
    {
        _network = network;
        _config = network.Layout.Config;
        _encoder = new EncoderGradient(network, _arena);
        Retrieval = network.Layout.HasRetrieval ? new RetrievalGradient(network, _encoder, _arena) : null;
        _decoderSelf = [.. network.DecoderSelf.Select(p => new AttentionSublayer(p, _config, network.Rotary, isCross: false, isCausal: true))];
        _decoderCross = [.. network.DecoderCross.Select(p => new AttentionSublayer(p, _config, network.Rotary, isCross: true, isCausal: false))];
    }

    /// <summary>The retrieval head on this one's encoder and memory, where the network has one.</summary>
    public RetrievalGradient? Retrieval { get; }

    /// <summary>The loss of an example; with a gradient vector, its gradient times <paramref name="scale"/> is added there.</summary>
    /// <param name="example">The tokens.</param>
    /// <param name="options">What is minimised.</param>
    /// <param name="gradient">As long as the parameter vector; null for the loss alone.</param>
    /// <param name="scale">1 / Σ weight over the batch, so that gradients of examples add up to that of the mean.</param>
    public ExampleLoss Compute(TrainingExample example, LossOptions options, float* gradient, float scale)
    {
        _arena.Release(default);
        var (d, t, s) = (_config.HiddenSize, example.Encoder.Length, example.DecoderInput.Length);

        var encoded = _encoder.Forward(example.Encoder);
        var decoderEnd = TokenEmbedding.Forward(_network, example.DecoderInput, _arena);
        for (var layer = 0; layer < _decoderSelf.Length; layer++)
        {
            decoderEnd = _decoderSelf[layer].Forward(_network.Vector, decoderEnd, s, null, 0, _arena);
            decoderEnd = _decoderCross[layer].Forward(_network.Vector, decoderEnd, s, encoded, t, _arena);
        }

        var hidden = _arena.Take((long)s * d);
        var reciprocals = _arena.Take(s);
        RmsNormGradient.Forward(decoderEnd, d, _network.Vector + _network.DecoderNorm, hidden, d, reciprocals, s, d, _config.NormEpsilon);
        var stride = PanelMultiply.Padded(_config.VocabularySize);
        var logits = _arena.Take((long)s * stride);
        _network.OutputLayer.Forward(hidden, s, logits, stride);
        var loss = Loss(example, options, logits, stride, gradient is null ? 0 : scale);
        if (gradient is null)
        {
            return loss;
        }

        // Output layer: logits hold their own gradient now.
        var dhidden = _arena.Take((long)s * d);
        _network.OutputLayer.Backward(logits, stride, s, dhidden, accumulate: false);
        var packed = _arena.Take(Panels.Size(s, d));
        Panels.Pack(hidden, d, s, d, packed);
        _network.OutputLayer.WeightGradient(logits, stride, s, packed, gradient + _network.Embedding, _arena);
        RmsNormGradient.Backward(
            dhidden, d, decoderEnd, d, _network.Vector + _network.DecoderNorm, reciprocals, dhidden, d, gradient + _network.DecoderNorm, s, d, replace: true);

        var dencoded = _arena.TakeZeroed((long)t * d);
        for (var layer = _decoderSelf.Length - 1; layer >= 0; layer--)
        {
            _decoderCross[layer].Backward(_network.Vector, gradient, dhidden, dencoded, _arena);
            _decoderSelf[layer].Backward(_network.Vector, gradient, dhidden, null, _arena);
        }

        TokenEmbedding.Backward(_network, example.DecoderInput, dhidden, gradient);
        _encoder.Backward(example.Encoder, dencoded, gradient);
        return loss;
    }

    public void Dispose() => _arena.Dispose();

    // Cross-entropy and z-loss. With a scale above 0, each row of logits is replaced by its gradient:
    // weight · scale · ((1 + 2 z log Z) softmax − onehot).
    ExampleLoss Loss(TrainingExample example, LossOptions options, float* logits, int stride, float scale)
    {
        var total = default(ExampleLoss);
        for (var row = 0; row < example.Targets.Length; row++, logits += stride)
        {
            var values = new Span<float>(logits, _config.VocabularySize);
            var weight = example.Weights[row];
            new Span<float>(logits + _config.VocabularySize, stride - _config.VocabularySize).Fill(float.NegativeInfinity);
            if (weight > 0)
            {
                var target = example.Targets[row];
                var targetLogit = values[target];
                var sum = RowSoftmax.Exponentials(logits, stride, out var max);
                var logZ = max + Math.Log(sum);
                var loss = logZ - targetLogit + (options.ZLoss * logZ * logZ);
                total += new ExampleLoss(weight * loss, weight, targetLogit >= max ? 1 : 0, 1);
                TensorPrimitives.Multiply(values, (float)(weight * scale * (1 + (2 * options.ZLoss * logZ)) / sum), values);
                values[target] -= weight * scale;
            }
            else
            {
                values.Clear();
            }

            new Span<float>(logits + _config.VocabularySize, stride - _config.VocabularySize).Clear();
        }

        return total;
    }
}
