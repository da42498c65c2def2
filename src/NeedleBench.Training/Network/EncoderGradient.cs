using NeedleBench.Training.Kernels;

namespace NeedleBench.Training.Network;

/// <summary>The encoder for one text at a time: forward with all that the gradient needs, and the gradient.</summary>
sealed unsafe class EncoderGradient(NetworkParameters network, Arena arena)
{
    readonly AttentionSublayer[] _layers =
        [.. network.Encoder.Select(p => new AttentionSublayer(p, network.Layout.Config, network.Rotary, isCross: false, isCausal: false))];

    float* _end; // [tokens, d], before the final norm
    float* _reciprocals;

    /// <summary>The encoder's output [tokens, d], taken from the arena.</summary>
    public float* Forward(ReadOnlySpan<int> ids)
    {
        var (config, tokens) = (network.Layout.Config, ids.Length);
        _end = TokenEmbedding.Forward(network, ids, arena);
        foreach (var layer in _layers)
        {
            _end = layer.Forward(network.Vector, _end, tokens, null, 0, arena);
        }

        var encoded = arena.Take((long)tokens * config.HiddenSize);
        _reciprocals = arena.Take(tokens);
        RmsNormGradient.Forward(
            _end, config.HiddenSize, network.Vector + network.EncoderNorm, encoded, config.HiddenSize, _reciprocals, tokens, config.HiddenSize, config.NormEpsilon);
        return encoded;
    }

    /// <summary>Adds to the gradients of the weights.</summary>
    /// <param name="ids">Those of the last forward pass.</param>
    /// <param name="dencoded">[tokens, d]; overwritten.</param>
    /// <param name="gradient">As long as the parameter vector.</param>
    public void Backward(ReadOnlySpan<int> ids, float* dencoded, float* gradient)
    {
        var d = network.Layout.Config.HiddenSize;
        RmsNormGradient.Backward(
            dencoded, d, _end, d, network.Vector + network.EncoderNorm, _reciprocals, dencoded, d, gradient + network.EncoderNorm, ids.Length, d, replace: true);
        for (var layer = _layers.Length - 1; layer >= 0; layer--)
        {
            _layers[layer].Backward(network.Vector, gradient, dencoded, null, arena);
        }

        TokenEmbedding.Backward(network, ids, dencoded, gradient);
    }
}
