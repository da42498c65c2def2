namespace NeedleBench.San.Kernels;

/// <summary>Weights as they are, packed in panels of 16 outputs: <c>[outputs/16][inputs][16]</c>.</summary>
sealed unsafe class Fp32WeightMatrix : WeightMatrix
{
    readonly FloatBuffer _panels;

    /// <param name="rows">Row-major weights [outputs, inputs].</param>
    public Fp32WeightMatrix(ReadOnlySpan<float> rows, int outputs, int inputs)
        : base(outputs, inputs)
    {
        _panels = new FloatBuffer((long)PaddedOutputs * inputs);
        var destination = _panels.Pointer;
        for (var n = 0; n < outputs; n++)
        {
            var lane = destination + ((nint)(n / PanelMultiply.Width) * PanelStride) + (n % PanelMultiply.Width);
            var row = rows.Slice(n * inputs, inputs);
            for (var k = 0; k < inputs; k++)
            {
                lane[(nint)k * PanelMultiply.Width] = row[k];
            }
        }
    }

    public override long Bytes => (long)Outputs * Inputs * sizeof(float);

    nint PanelStride => (nint)Inputs * PanelMultiply.Width;

    public override void CopyRow(int row, float* destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Outputs);
        var lane = _panels.Pointer + ((row / PanelMultiply.Width) * PanelStride) + (row % PanelMultiply.Width);
        for (var k = 0; k < Inputs; k++)
        {
            destination[k] = lane[(nint)k * PanelMultiply.Width];
        }
    }

    public override void Dispose() => _panels.Dispose();

    protected override void MultiplyPanels(float* x, int rows, float* y, int ldy, int firstPanel, int panelCount) =>
        PanelMultiply.Multiply(
            x, Inputs, rows, Inputs, _panels.Pointer + (firstPanel * PanelStride), PanelStride, panelCount,
            y + (firstPanel * PanelMultiply.Width), ldy);
}
