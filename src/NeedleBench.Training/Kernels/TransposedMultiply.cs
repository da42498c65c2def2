using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeedleBench.San.Kernels;

namespace NeedleBench.Training.Kernels;

/// <summary>
/// Products xᵀ · B added to a matrix, B packed by <see cref="Panels.Pack"/>: what gradients of weights, keys and values are
/// made of. x is read as it stands, six columns at a time, so that nobody has to transpose it.
/// </summary>
static unsafe class TransposedMultiply
{
    const int TileRows = 6;

    // A strip of six columns is copied together where so many panels read it again; below, the copy costs more than it saves.
    const int PanelsWorthCopying = 4;
    const int StripWidth = 8;

    /// <summary>y[m, 16p + j] += Σₖ x[k, m] · panels[p][k][j], k in ascending order.</summary>
    /// <param name="x">[k, ldx], <paramref name="columns"/> used; up to seven floats behind the last one are read.</param>
    /// <param name="panels">[panels][k][16].</param>
    /// <param name="y">[columns, ldy].</param>
    /// <param name="arena">For scratch memory.</param>
    public static void Add(float* x, int ldx, int columns, int k, float* panels, int panelCount, float* y, int ldy, Arena arena)
    {
        var mark = arena.Mark();
        var copied = panelCount >= PanelsWorthCopying;
        var strip = copied ? arena.Take((long)k * StripWidth) : null;
        for (var m = 0; m < columns; m += TileRows)
        {
            if (copied)
            {
                CopyStrip(x + m, ldx, k, strip);
            }

            var source = copied ? strip : x + m;
            var ld = copied ? StripWidth : ldx;
            for (var p = 0; p < panelCount; p++)
            {
                Tile6x16(
                    source, ld, Math.Min(TileRows, columns - m), k, panels + ((nint)p * k * PanelMultiply.Width),
                    y + ((nint)m * ldy) + (p * PanelMultiply.Width), ldy);
            }
        }

        arena.Release(mark);
    }

    static void CopyStrip(float* x, int ldx, int k, float* strip)
    {
        for (var i = 0; i < k; i++, x += ldx, strip += StripWidth)
        {
            Vector256.Load(x).Store(strip);
        }
    }

    // Columns behind the last one are computed along and not stored.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Tile6x16(float* x, int ldx, int columns, int k, float* panel, float* y, int ldy)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        for (var i = 0; i < k; i++)
        {
            var b0 = Vector256.Load(panel);
            var b1 = Vector256.Load(panel + 8);
            panel += PanelMultiply.Width;
            var a = Vector256.Create(x[0]);
            c00 = Vector256.FusedMultiplyAdd(a, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(a, b1, c01);
            a = Vector256.Create(x[1]);
            c10 = Vector256.FusedMultiplyAdd(a, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(a, b1, c11);
            a = Vector256.Create(x[2]);
            c20 = Vector256.FusedMultiplyAdd(a, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(a, b1, c21);
            a = Vector256.Create(x[3]);
            c30 = Vector256.FusedMultiplyAdd(a, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(a, b1, c31);
            a = Vector256.Create(x[4]);
            c40 = Vector256.FusedMultiplyAdd(a, b0, c40);
            c41 = Vector256.FusedMultiplyAdd(a, b1, c41);
            a = Vector256.Create(x[5]);
            c50 = Vector256.FusedMultiplyAdd(a, b0, c50);
            c51 = Vector256.FusedMultiplyAdd(a, b1, c51);
            x += ldx;
        }

        AddTo(y, c00, c01);
        if (columns > 1)
        {
            AddTo(y + ldy, c10, c11);
        }

        if (columns > 2)
        {
            AddTo(y + (2 * (nint)ldy), c20, c21);
        }

        if (columns > 3)
        {
            AddTo(y + (3 * (nint)ldy), c30, c31);
        }

        if (columns > 4)
        {
            AddTo(y + (4 * (nint)ldy), c40, c41);
        }

        if (columns > 5)
        {
            AddTo(y + (5 * (nint)ldy), c50, c51);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void AddTo(float* y, Vector256<float> low, Vector256<float> high)
    {
        (Vector256.Load(y) + low).Store(y);
        (Vector256.Load(y + 8) + high).Store(y + 8);
    }
}
