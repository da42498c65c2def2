namespace NeedleBench.San.Kernels;

/// <summary>
/// The weights of a linear layer without bias, <c>y = x · Wᵀ</c> with W [outputs, inputs], held in the form that its
/// precision computes with. A new precision is one subclass and one row in <see cref="Precisions"/>.
/// </summary>
abstract unsafe class WeightMatrix(int outputs, int inputs) : IDisposable
{
    /// <summary>Below this many multiply-adds a job is done before a second thread would have woken.</summary>
    const long WorthSharing = 400_000;

    public int Outputs { get; } = outputs;

    public int Inputs { get; } = inputs;

    /// <summary><see cref="Outputs"/> rounded up to whole panels: the columns that a product writes.</summary>
    public int PaddedOutputs { get; } = PanelMultiply.Padded(outputs);

    /// <summary>Bytes that the weights take in memory.</summary>
    public abstract long Bytes { get; }

    /// <summary>y = x · Wᵀ.</summary>
    /// <param name="x">[rows, <see cref="Inputs"/>], contiguous.</param>
    /// <param name="y">[rows, ldy] with ldy at least <see cref="PaddedOutputs"/>.</param>
    public void Multiply(float* x, int rows, float* y, int ldy, WorkerPool pool)
    {
        var panels = PanelMultiply.PanelCount(Outputs);
        if ((long)rows * Inputs * Outputs < WorthSharing)
        {
            MultiplyPanels(x, rows, y, ldy, 0, panels);
            return;
        }

        var job = new Job(this, x, rows, y, ldy, panels);
        pool.Run(ref job, job.Parts);
    }

    /// <summary>One row of W as floats: an embedding.</summary>
    /// <param name="destination">[<see cref="Inputs"/>].</param>
    public abstract void CopyRow(int row, float* destination);

    public abstract void Dispose();

    /// <summary>The product for some panels of 16 outputs; must give each element the same value whatever the range.</summary>
    protected abstract void MultiplyPanels(float* x, int rows, float* y, int ldy, int firstPanel, int panelCount);

    readonly struct Job(WeightMatrix matrix, float* x, int rows, float* y, int ldy, int panels) : IParallelJob
    {
        // Fine enough to even out threads of unlike speed, coarse enough to keep four panels together.
        const int PanelsPerPart = 8;

        readonly float* _x = x;
        readonly float* _y = y;

        public int Parts => (panels + PanelsPerPart - 1) / PanelsPerPart;

        public void Run(int part, int worker)
        {
            var first = part * PanelsPerPart;
            matrix.MultiplyPanels(_x, rows, _y, ldy, first, Math.Min(PanelsPerPart, panels - first));
        }
    }
}
