using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NeedleBench.San.Kernels;

namespace NeedleBench.Training.Kernels;

/// <summary>Packs the right-hand side of a product into panels of 16 columns, <c>[n/16][k][16]</c>, the last one padded with zeros.</summary>
static unsafe class Panels
{
    const int Block = 8;

    /// <summary>Floats that <see cref="Pack"/> and <see cref="PackTransposed"/> write.</summary>
    public static long Size(int k, int n) => (long)PanelMultiply.Padded(n) * k;

    /// <summary>From rows [k, ld], n columns used.</summary>
    public static void Pack(float* source, int ld, int k, int n, float* panels)
    {
        var first = 0;
        for (; first + PanelMultiply.Width <= n; first += PanelMultiply.Width)
        {
            var row = source + first;
            for (var i = 0; i < k; i++, row += ld, panels += PanelMultiply.Width)
            {
                Vector256.Load(row).Store(panels);
                Vector256.Load(row + Block).Store(panels + Block);
            }
        }

        if (first < n)
        {
            for (var i = 0; i < k; i++, panels += PanelMultiply.Width)
            {
                var target = new Span<float>(panels, PanelMultiply.Width);
                new ReadOnlySpan<float>(source + ((nint)i * ld) + first, n - first).CopyTo(target);
                target[(n - first)..].Clear();
            }
        }
    }

    /// <summary>From columns: source is [n, ld], k columns used.</summary>
    public static void PackTransposed(float* source, int ld, int k, int n, float* panels)
    {
        for (var first = 0; first < n; first += PanelMultiply.Width, panels += (nint)k * PanelMultiply.Width)
        {
            var lanes = Math.Min(PanelMultiply.Width, n - first);
            Transpose(source + ((nint)first * ld), ld, lanes, k, panels, PanelMultiply.Width);
            for (var i = 0; lanes < PanelMultiply.Width && i < k; i++)
            {
                new Span<float>(panels + ((nint)i * PanelMultiply.Width) + lanes, PanelMultiply.Width - lanes).Clear();
            }
        }
    }

    /// <summary>target[c, r] = source[r, c], in squares of 8 that are turned within registers.</summary>
    public static void Transpose(float* source, int ld, int rows, int columns, float* target, int targetLd)
    {
        var (wholeRows, wholeColumns) = (rows / Block * Block, columns / Block * Block);
        for (var r = 0; r < wholeRows; r += Block)
        {
            for (var c = 0; c < wholeColumns; c += Block)
            {
                TransposeSquare(source + ((nint)r * ld) + c, ld, target + ((nint)c * targetLd) + r, targetLd);
            }
        }

        TransposeRest(source, ld, 0, rows, wholeColumns, columns, target, targetLd);
        TransposeRest(source, ld, wholeRows, rows, 0, wholeColumns, target, targetLd);
    }

    static void TransposeRest(float* source, int ld, int firstRow, int rows, int firstColumn, int columns, float* target, int targetLd)
    {
        for (var r = firstRow; r < rows; r++)
        {
            for (var c = firstColumn; c < columns; c++)
            {
                target[((nint)c * targetLd) + r] = source[((nint)r * ld) + c];
            }
        }
    }

    static void TransposeSquare(float* source, int ld, float* target, int targetLd)
    {
        if (!Avx.IsSupported)
        {
            TransposeRest(source, ld, 0, Block, 0, Block, target, targetLd);
            return;
        }

        // Each half of a register has a row's quarter, so that four-by-four turns finish the work.
        TransposeHalf(source, ld, target, targetLd);
        TransposeHalf(source + 4, ld, target + (4 * (nint)targetLd), targetLd);
    }

    // Four columns of eight rows become four rows of eight.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void TransposeHalf(float* source, int ld, float* target, int targetLd)
    {
        var a = Quarters(source, ld, 0);
        var b = Quarters(source, ld, 1);
        var c = Quarters(source, ld, 2);
        var d = Quarters(source, ld, 3);
        var (ab0, ab1) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
        var (cd0, cd1) = (Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        Avx.Shuffle(ab0, cd0, 0x44).Store(target);
        Avx.Shuffle(ab0, cd0, 0xEE).Store(target + targetLd);
        Avx.Shuffle(ab1, cd1, 0x44).Store(target + (2 * (nint)targetLd));
        Avx.Shuffle(ab1, cd1, 0xEE).Store(target + (3 * (nint)targetLd));
    }

    // Row i in the lower half, row i + 4 in the upper.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Quarters(float* source, int ld, int row) =>
        Vector256.Create(Vector128.Load(source + ((nint)row * ld)), Vector128.Load(source + ((nint)(row + 4) * ld)));
}
