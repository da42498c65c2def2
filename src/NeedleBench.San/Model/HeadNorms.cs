using NeedleBench.San.Kernels;

namespace NeedleBench.San.Model;

/// <summary>What is folded into norms and gates when weights are packed.</summary>
static class HeadNorms
{
    /// <summary>(1 + γ) · factor.</summary>
    public static FloatBuffer Scale(ReadOnlySpan<float> gamma, float factor)
    {
        var scale = new FloatBuffer(gamma.Length);
        for (var i = 0; i < gamma.Length; i++)
        {
            scale.Span[i] = (1f + gamma[i]) * factor;
        }

        return scale;
    }

    public static float Sigmoid(float x) => 1f / (1f + MathF.Exp(-x));
}
