using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeedleBench.San.Kernels;

/// <summary>
/// FP32 products of row-major rows with a matrix packed in panels of 16 columns: <c>panels[n/16][k][16]</c>, so that the
/// inner loop reads one stream. Tiles of 6 × 16 stay in registers. Every output element is one chain of fused
/// multiply-adds over k in ascending order, whatever the number of rows, panels or threads: a result never depends on how
/// it was batched.
/// </summary>
static unsafe class PanelMultiply
{
    /// <summary>Columns in a panel.</summary>
    public const int Width = 16;

    const int TileRows = 6;

    /// <summary>Number of panels for <paramref name="columns"/> columns; the last one is padded.</summary>
    public static int PanelCount(int columns) => (columns + Width - 1) / Width;

    /// <summary><paramref name="columns"/> rounded up to whole panels.</summary>
    public static int Padded(int columns) => PanelCount(columns) * Width;

    /// <summary>y[r, 16p + j] = Σₖ x[r, k] · panels[p][k][j] for <paramref name="rows"/> rows and the given panels.</summary>
    /// <param name="x">[rows, ldx], k used.</param>
    /// <param name="panels">The first panel.</param>
    /// <param name="panelStride">Floats from one panel to the next, at least 16·k.</param>
    /// <param name="y">[rows, ldy]; 16 columns are written for each panel.</param>
    /// <param name="accumulate">Whether the sums begin from what stands in <paramref name="y"/> instead of 0.</param>
    public static void Multiply(
        float* x, int ldx, int rows, int k, float* panels, nint panelStride, int panelCount, float* y, int ldy, bool accumulate = false)
    {
        if (rows == 1)
        {
            MultiplyRow(x, k, panels, panelStride, panelCount, y, accumulate);
            return;
        }

        for (var p = 0; p < panelCount; p++)
        {
            var panel = panels + (p * panelStride);
            for (var r = 0; r < rows; r += TileRows)
            {
                Tile6x16(x + ((nint)r * ldx), ldx, Math.Min(TileRows, rows - r), k, panel, y + ((nint)r * ldy) + (p * Width), ldy, accumulate);
            }
        }
    }

    static void MultiplyRow(float* x, int k, float* panels, nint panelStride, int panelCount, float* y, bool accumulate)
    {
        var p = 0;
        for (; p + 4 <= panelCount; p += 4)
        {
            Row1x64(x, k, panels + (p * panelStride), panelStride, y + (p * Width), accumulate);
        }

        for (; p < panelCount; p++)
        {
            Row1x16(x, k, panels + (p * panelStride), y + (p * Width), accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Tile6x16(float* x, int ldx, int rows, int k, float* panel, float* y, int ldy, bool accumulate)
    {
        // A tile of fewer rows computes its last row again rather than running a kernel of its own.
        var x0 = x;
        var x1 = x + (Math.Min(1, rows - 1) * (nint)ldx);
        var x2 = x + (Math.Min(2, rows - 1) * (nint)ldx);
        var x3 = x + (Math.Min(3, rows - 1) * (nint)ldx);
        var x4 = x + (Math.Min(4, rows - 1) * (nint)ldx);
        var x5 = x + (Math.Min(5, rows - 1) * (nint)ldx);
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        if (accumulate)
        {
            (c00, c01) = Load(y);
            (c10, c11) = Load(y + (Math.Min(1, rows - 1) * (nint)ldy));
            (c20, c21) = Load(y + (Math.Min(2, rows - 1) * (nint)ldy));
            (c30, c31) = Load(y + (Math.Min(3, rows - 1) * (nint)ldy));
            (c40, c41) = Load(y + (Math.Min(4, rows - 1) * (nint)ldy));
            (c50, c51) = Load(y + (Math.Min(5, rows - 1) * (nint)ldy));
        }

        for (var i = 0; i < k; i++)
        {
            var b0 = Vector256.Load(panel);
            var b1 = Vector256.Load(panel + 8);
            panel += Width;
            var a = Vector256.Create(x0[i]);
            c00 = Vector256.FusedMultiplyAdd(a, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(a, b1, c01);
            a = Vector256.Create(x1[i]);
            c10 = Vector256.FusedMultiplyAdd(a, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(a, b1, c11);
            a = Vector256.Create(x2[i]);
            c20 = Vector256.FusedMultiplyAdd(a, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(a, b1, c21);
            a = Vector256.Create(x3[i]);
            c30 = Vector256.FusedMultiplyAdd(a, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(a, b1, c31);
            a = Vector256.Create(x4[i]);
            c40 = Vector256.FusedMultiplyAdd(a, b0, c40);
            c41 = Vector256.FusedMultiplyAdd(a, b1, c41);
            a = Vector256.Create(x5[i]);
            c50 = Vector256.FusedMultiplyAdd(a, b0, c50);
            c51 = Vector256.FusedMultiplyAdd(a, b1, c51);
        }

        Store(c00, c01, y);
        if (rows > 1)
        {
            Store(c10, c11, y + ldy);
        }

        if (rows > 2)
        {
            Store(c20, c21, y + (2 * (nint)ldy));
        }

        if (rows > 3)
        {
            Store(c30, c31, y + (3 * (nint)ldy));
        }

        if (rows > 4)
        {
            Store(c40, c41, y + (4 * (nint)ldy));
        }

        if (rows > 5)
        {
            Store(c50, c51, y + (5 * (nint)ldy));
        }
    }

    // Four panels side by side: eight independent chains hide the latency that two cannot.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Row1x64(float* x, int k, float* panel, nint panelStride, float* y, bool accumulate)
    {
        var p1 = panel + panelStride;
        var p2 = p1 + panelStride;
        var p3 = p2 + panelStride;
        Vector256<float> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        if (accumulate)
        {
            (c0, c1) = Load(y);
            (c2, c3) = Load(y + 16);
            (c4, c5) = Load(y + 32);
            (c6, c7) = Load(y + 48);
        }

        for (var i = 0; i < k; i++)
        {
            var a = Vector256.Create(x[i]);
            var offset = (nint)i * Width;
            c0 = Vector256.FusedMultiplyAdd(a, Vector256.Load(panel + offset), c0);
            c1 = Vector256.FusedMultiplyAdd(a, Vector256.Load(panel + offset + 8), c1);
            c2 = Vector256.FusedMultiplyAdd(a, Vector256.Load(p1 + offset), c2);
            c3 = Vector256.FusedMultiplyAdd(a, Vector256.Load(p1 + offset + 8), c3);
            c4 = Vector256.FusedMultiplyAdd(a, Vector256.Load(p2 + offset), c4);
            c5 = Vector256.FusedMultiplyAdd(a, Vector256.Load(p2 + offset + 8), c5);
            c6 = Vector256.FusedMultiplyAdd(a, Vector256.Load(p3 + offset), c6);
            c7 = Vector256.FusedMultiplyAdd(a, Vector256.Load(p3 + offset + 8), c7);
        }

        Store(c0, c1, y);
        Store(c2, c3, y + 16);
        Store(c4, c5, y + 32);
        Store(c6, c7, y + 48);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Row1x16(float* x, int k, float* panel, float* y, bool accumulate)
    {
        var (c0, c1) = accumulate ? Load(y) : default;
        for (var i = 0; i < k; i++)
        {
            var a = Vector256.Create(x[i]);
            c0 = Vector256.FusedMultiplyAdd(a, Vector256.Load(panel), c0);
            c1 = Vector256.FusedMultiplyAdd(a, Vector256.Load(panel + 8), c1);
            panel += Width;
        }

        Store(c0, c1, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (Vector256<float> Low, Vector256<float> High) Load(float* y) => (Vector256.Load(y), Vector256.Load(y + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector256<float> low, Vector256<float> high, float* y)
    {
        low.Store(y);
        high.Store(y + 8);
    }
}
