using System.Numerics.Tensors;
using NeedleBench.San.Kernels;
using NeedleBench.Training.Kernels;

namespace NeedleBench.Training.Network;

/// <summary>
/// softmax(q · kᵀ) · v over heads, key/value head j serving its group of query heads; the 1/sqrt(head size) is in q. All
/// probabilities are kept for the gradient.
/// </summary>
static unsafe class AttentionGradient
{
    /// <summary>Floats for the probabilities: [heads, rows, positions padded].</summary>
    public static long ProbabilitySize(int heads, int rows, int positions) => (long)heads * rows * PanelMultiply.Padded(positions);

    /// <param name="q">[rows, heads · size].</param>
    /// <param name="k">[positions, key/value heads · size].</param>
    /// <param name="v">Likewise.</param>
    /// <param name="probabilities">[heads, rows, positions padded], written.</param>
    /// <param name="output">[rows, heads · size], written.</param>
    public static void Forward(
        float* q, float* k, float* v, int rows, int positions, int heads, int keyValueHeads, int size, bool causal,
        float* probabilities, float* output, Arena arena)
    {
        var (ldq, ldk, padded, group) = (heads * size, keyValueHeads * size, PanelMultiply.Padded(positions), heads / keyValueHeads);
        var mark = arena.Mark();
        var keys = arena.Take(Panels.Size(size, positions));   // [positions/16][size][16]
        var values = arena.Take(Panels.Size(positions, size)); // [size/16][positions][16]
        for (var head = 0; head < heads; head++)
        {
            if (head % group == 0)
            {
                Panels.PackTransposed(k + (head / group * size), ldk, size, positions, keys);
                Panels.Pack(v + (head / group * size), ldk, positions, size, values);
            }

            var p = probabilities + ((nint)head * rows * padded);
            PanelMultiply.Multiply(q + (head * size), ldq, rows, size, keys, (nint)size * PanelMultiply.Width, padded / PanelMultiply.Width, p, padded);
            for (var row = 0; row < rows; row++)
            {
                RowSoftmax.Apply(p + ((nint)row * padded), causal ? row + 1 : positions, padded);
            }

            PanelMultiply.Multiply(
                p, padded, rows, positions, values, (nint)positions * PanelMultiply.Width, size / PanelMultiply.Width, output + (head * size), ldq);
        }

        arena.Release(mark);
    }

    /// <summary>Gradients of q (replaced), k and v (added to) from that of the output.</summary>
    public static void Backward(
        float* q, float* k, float* v, float* probabilities, float* output, float* doutput, int rows, int positions, int heads, int keyValueHeads, int size,
        float* dq, float* dk, float* dv, Arena arena)
    {
        var (ldq, ldk, padded, group) = (heads * size, keyValueHeads * size, PanelMultiply.Padded(positions), heads / keyValueHeads);
        var mark = arena.Mark();
        var keys = arena.Take(Panels.Size(positions, size));        // [size/16][positions][16]
        var values = arena.Take(Panels.Size(size, positions));      // [positions/16][size][16]
        var rowPanels = arena.Take(Panels.Size(rows, size));        // [size/16][rows][16]
        var dp = arena.Take((long)rows * padded);                   // [rows, padded]
        for (var head = 0; head < heads; head++)
        {
            if (head % group == 0)
            {
                Panels.Pack(k + (head / group * size), ldk, positions, size, keys);
                Panels.PackTransposed(v + (head / group * size), ldk, size, positions, values);
            }

            var p = probabilities + ((nint)head * rows * padded);
            var dout = doutput + (head * size);

            // dv += pᵀ · dout
            Panels.Pack(dout, ldq, rows, size, rowPanels);
            TransposedMultiply.Add(
                p, padded, positions, rows, rowPanels, size / PanelMultiply.Width, dv + (head / group * size), ldk, arena);

            // dp = dout · vᵀ, then ds = p · (dp − output · dout)
            PanelMultiply.Multiply(dout, ldq, rows, size, values, (nint)size * PanelMultiply.Width, padded / PanelMultiply.Width, dp, padded);
            for (var row = 0; row < rows; row++)
            {
                var at = ((nint)row * ldq) + (head * size);
                var dot = TensorPrimitives.Dot(new ReadOnlySpan<float>(output + at, size), new ReadOnlySpan<float>(doutput + at, size));
                RowSoftmax.Backward(p + ((nint)row * padded), dp + ((nint)row * padded), dot, padded);
            }

            // dq = ds · k
            PanelMultiply.Multiply(
                dp, padded, rows, positions, keys, (nint)positions * PanelMultiply.Width, size / PanelMultiply.Width, dq + (head * size), ldq);

            // dk += dsᵀ · q
            Panels.Pack(q + (head * size), ldq, rows, size, rowPanels);
            TransposedMultiply.Add(
                dp, padded, positions, rows, rowPanels, size / PanelMultiply.Width, dk + (head / group * size), ldk, arena);
        }

        arena.Release(mark);
    }
}
