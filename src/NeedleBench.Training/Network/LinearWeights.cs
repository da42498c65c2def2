using NeedleBench.San.Kernels;
using NeedleBench.Training.Kernels;

namespace NeedleBench.Training.Network;

/// <summary>
/// A matrix W [out, in] packed both ways: for y = x · Wᵀ and for dx = dy · W. Packed anew whenever the weights have changed,
/// which costs little beside a batch.
/// </summary>
sealed unsafe class LinearWeights(int outputs, int inputs) : IDisposable
{
    readonly FloatBuffer _forward = new(Panels.Size(inputs, outputs));
    readonly FloatBuffer _backward = new(Panels.Size(outputs, inputs));

    public int Outputs { get; } = outputs;

    public int Inputs { get; } = inputs;

    public void Pack(float* weights)
    {
        Panels.PackTransposed(weights, Inputs, Inputs, Outputs, _forward.Pointer);
        Panels.Pack(weights, Inputs, Outputs, Inputs, _backward.Pointer);
    }

    /// <summary>y = x · Wᵀ; x [rows, in], y [rows, ldy].</summary>
    public void Forward(float* x, int rows, float* y, int ldy) =>
        PanelMultiply.Multiply(
            x, Inputs, rows, Inputs, _forward.Pointer, (nint)Inputs * PanelMultiply.Width, PanelMultiply.PanelCount(Outputs), y, ldy);

    /// <summary>dx = dy · W, or dx += dy · W; dy [rows, ldy], dx [rows, in].</summary>
    public void Backward(float* dy, int ldy, int rows, float* dx, bool accumulate) =>
        PanelMultiply.Multiply(
            dy, ldy, rows, Outputs, _backward.Pointer, (nint)Outputs * PanelMultiply.Width, PanelMultiply.PanelCount(Inputs), dx, Inputs, accumulate);

    /// <summary>dW += dyᵀ · x, with x packed by <see cref="Panels.Pack"/> as [in/16][rows][16].</summary>
    public void WeightGradient(float* dy, int ldy, int rows, float* packedX, float* gradient, Arena arena) =>
        TransposedMultiply.Add(dy, ldy, Outputs, rows, packedX, PanelMultiply.PanelCount(Inputs), gradient, Inputs, arena);

    public void Dispose()
    {
        _forward.Dispose();
        _backward.Dispose();
    }
}
