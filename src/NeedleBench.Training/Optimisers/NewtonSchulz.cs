using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using NeedleBench.San.Kernels;
using NeedleBench.Training.Kernels;

namespace NeedleBench.Training.Optimisers;

/// <summary>
/// The nearest semi-orthogonal matrix, roughly: five steps of the quintic iteration X ← aX + (bA + cA²)X with A = XXᵀ and
/// Jordan's coefficients (Muon, 2024), which bring all singular values to about 1.
/// </summary>
static unsafe class NewtonSchulz
{
    const int Steps = 5;
    const float A = 3.4445f;
    const float B = -4.7750f;
    const float C = 2.0315f;

    /// <param name="matrix">[rows, columns], replaced; both multiples of 16.</param>
    public static void Orthogonalise(float* matrix, int rows, int columns, Arena arena)
    {
        var mark = arena.Mark();
        var (r, c) = (Math.Min(rows, columns), Math.Max(rows, columns));
        var count = r * c;
        var x = matrix;
        if (rows > columns)
        {
            // The product below is by the shorter side.
            x = arena.Take(count);
            Panels.Transpose(matrix, columns, rows, columns, x, rows);
        }

        var values = new Span<float>(x, count);
        TensorPrimitives.Multiply(values, 1f / (TensorPrimitives.Norm<float>(values) + 1e-7f), values);
        var packed = arena.Take(Panels.Size(c, c));
        var gram = arena.Take((long)r * r);
        var polynomial = arena.Take((long)r * r);
        var next = arena.Take(count);
        for (var step = 0; step < Steps; step++)
        {
            Panels.PackTransposed(x, c, c, r, packed);
            SymmetricMultiply(x, c, r, c, packed, gram);
            Panels.Pack(gram, r, r, r, packed);
            SymmetricMultiply(gram, r, r, r, packed, polynomial);
            for (var i = 0; i < r * r; i += Vector256<float>.Count)
            {
                var square = Vector256.Load(polynomial + i) * C;
                Vector256.FusedMultiplyAdd(Vector256.Load(gram + i), Vector256.Create(B), square).Store(polynomial + i);
            }

            Panels.Pack(x, c, r, c, packed);
            PanelMultiply.Multiply(polynomial, r, r, r, packed, (nint)r * PanelMultiply.Width, c / PanelMultiply.Width, next, c);
            TensorPrimitives.MultiplyAdd(values, A, new ReadOnlySpan<float>(next, count), values);
        }

        if (rows > columns)
        {
            Panels.Transpose(x, c, r, c, matrix, columns);
        }

        arena.Release(mark);
    }

    // A product known to be symmetric: at and below the diagonal it is computed, above it is copied.
    static void SymmetricMultiply(float* x, int ldx, int rows, int k, float* packed, float* y)
    {
        for (var first = 0; first < rows; first += PanelMultiply.Width)
        {
            var panel = packed + ((nint)first * k);
            var corner = y + ((nint)first * rows) + first;
            var below = rows - first - PanelMultiply.Width;
            PanelMultiply.Multiply(x + ((nint)first * ldx), ldx, rows - first, k, panel, (nint)k * PanelMultiply.Width, 1, corner, rows);
            Panels.Transpose(
                corner + ((nint)PanelMultiply.Width * rows), rows, below, PanelMultiply.Width, corner + PanelMultiply.Width, rows);
        }
    }
}
