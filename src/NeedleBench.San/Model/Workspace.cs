using NeedleBench.San.Kernels;

namespace NeedleBench.San.Model;

/// <summary>The activations of one pass, for up to <see cref="Rows"/> tokens that see up to <see cref="Positions"/> others.</summary>
sealed unsafe class Workspace : IDisposable
{
    readonly FloatBuffer _stream;
    readonly FloatBuffer _normed;
    readonly FloatBuffer _fused;
    readonly FloatBuffer _mixed;
    readonly FloatBuffer _projected;
    readonly FloatBuffer _scores;

    public Workspace(int rows, int positions, int hidden, int queryWidth, int fusedWidth, int threads)
    {
        Rows = rows;
        Positions = positions;
        ProjectedStride = PanelMultiply.Padded(hidden);
        _stream = new FloatBuffer((long)rows * hidden);
        _normed = new FloatBuffer((long)rows * hidden);
        _fused = new FloatBuffer((long)rows * fusedWidth);
        _mixed = new FloatBuffer((long)rows * queryWidth);
        _projected = new FloatBuffer((long)rows * ProjectedStride);
        _scores = new FloatBuffer(threads * GroupedQueryAttention.ScratchPerWorker(positions));
    }

    public int Rows { get; }

    public int Positions { get; }

    public int ProjectedStride { get; }

    /// <summary>The residual stream, [rows, d].</summary>
    public float* Stream => _stream.Pointer;

    /// <summary>The stream after a norm, [rows, d].</summary>
    public float* Normed => _normed.Pointer;

    /// <summary>Queries, keys and values side by side, [rows, fused width].</summary>
    public float* Fused => _fused.Pointer;

    /// <summary>What attention gathered, [rows, heads · head size].</summary>
    public float* Mixed => _mixed.Pointer;

    /// <summary>After the output projection, [rows, <see cref="ProjectedStride"/>].</summary>
    public float* Projected => _projected.Pointer;

    /// <summary>Scratch of attention.</summary>
    public float* Scores => _scores.Pointer;

    public void Dispose()
    {
        _stream.Dispose();
        _normed.Dispose();
        _fused.Dispose();
        _mixed.Dispose();
        _projected.Dispose();
        _scores.Dispose();
    }
}
