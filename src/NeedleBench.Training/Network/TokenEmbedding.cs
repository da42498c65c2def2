using System.Numerics.Tensors;
using NeedleBench.Training.Kernels;

namespace NeedleBench.Training.Network;

/// <summary>Tokens to rows: embedding times sqrt(d), and the way back.</summary>
static unsafe class TokenEmbedding
{
    /// <summary>Rows [tokens, d], taken from the arena.</summary>
    public static float* Forward(NetworkParameters network, ReadOnlySpan<int> ids, Arena arena)
    {
        var d = network.Layout.Config.HiddenSize;
        var rows = arena.Take((long)ids.Length * d);
        for (var i = 0; i < ids.Length; i++)
        {
            TensorPrimitives.Multiply(
                new ReadOnlySpan<float>(network.Vector + network.Embedding + ((nint)ids[i] * d), d), MathF.Sqrt(d), new Span<float>(rows + ((nint)i * d), d));
        }

        return rows;
    }

    /// <summary>Adds the gradient of the rows to that of the embedding.</summary>
    public static void Backward(NetworkParameters network, ReadOnlySpan<int> ids, float* drows, float* gradient)
    {
        var d = network.Layout.Config.HiddenSize;
        for (var i = 0; i < ids.Length; i++)
        {
            var row = new Span<float>(gradient + network.Embedding + ((nint)ids[i] * d), d);
            TensorPrimitives.MultiplyAdd(new ReadOnlySpan<float>(drows + ((nint)i * d), d), MathF.Sqrt(d), row, row);
        }
    }
}
