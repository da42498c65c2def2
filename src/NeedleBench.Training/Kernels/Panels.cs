using NeedleBench.San.Kernels;

namespace NeedleBench.Training.Kernels;

/// <summary>Packs the right-hand side of a product into panels of 16 columns, <c>[n/16][k][16]</c>, the last one padded with zeros.</summary>
static unsafe class Panels
{
    /// <summary>Floats that <see cref="Pack"/> and <see cref="PackTransposed"/> write.</summary>
    public static long Size(int k, int n) => (long)PanelMultiply.Padded(n) * k;

    /// <summary>From rows [k, ld], n columns used.</summary>
    public static void Pack(float* source, int ld, int k, int n, float* panels)
    {
        for (var first = 0; first < n; first += PanelMultiply.Width, panels += (nint)k * PanelMultiply.Width)
        {
            var width = Math.Min(PanelMultiply.Width, n - first);
            for (var row = 0; row < k; row++)
            {
                var target = new Span<float>(panels + ((nint)row * PanelMultiply.Width), PanelMultiply.Width);
                new ReadOnlySpan<float>(source + ((nint)row * ld) + first, width).CopyTo(target);
                target[width..].Clear();
            }
        }
    }

    /// <summary>From columns: source is [n, ld], k columns used.</summary>
    public static void PackTransposed(float* source, int ld, int k, int n, float* panels)
    {
        for (var first = 0; first < n; first += PanelMultiply.Width, panels += (nint)k * PanelMultiply.Width)
        {
            for (var lane = 0; lane < PanelMultiply.Width; lane++)
            {
                var row = source + ((nint)(first + lane) * ld);
                for (var i = 0; i < k; i++)
                {
                    panels[((nint)i * PanelMultiply.Width) + lane] = first + lane < n ? row[i] : 0f;
                }
            }
        }
    }

    /// <summary>target[c, r] = source[r, c]; blocks keep both sides in the cache.</summary>
    public static void Transpose(float* source, int ld, int rows, int columns, float* target, int targetLd)
    {
        const int Block = 16;
        for (var r0 = 0; r0 < rows; r0 += Block)
        {
            for (var c0 = 0; c0 < columns; c0 += Block)
            {
                for (var c = c0; c < Math.Min(c0 + Block, columns); c++)
                {
                    for (var r = r0; r < Math.Min(r0 + Block, rows); r++)
                    {
                        target[((nint)c * targetLd) + r] = source[((nint)r * ld) + c];
                    }
                }
            }
        }
    }
}
