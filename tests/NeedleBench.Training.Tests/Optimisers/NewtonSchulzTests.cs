using NeedleBench.Training.Kernels;
using NeedleBench.Training.Optimisers;

namespace NeedleBench.Training.Tests.Optimisers;

public unsafe class NewtonSchulzTests
{
    [Theory]
    [InlineData(32, 32)]
    [InlineData(32, 64)]
    [InlineData(64, 32)]
    public void Rows_of_the_shorter_side_become_nearly_orthonormal(int rows, int columns)
    {
        using var arena = new Arena();
        var random = new Random(1);
        var matrix = arena.Take(rows * columns);
        for (var i = 0; i < rows * columns; i++)
        {
            matrix[i] = (random.NextSingle() * 2) - 1;
        }

        NewtonSchulz.Orthogonalise(matrix, rows, columns, arena);

        // Jordan's coefficients bring singular values between about 0.7 and 1.2: the mean square of a row is near 1 then.
        var (r, c) = (Math.Min(rows, columns), Math.Max(rows, columns));
        for (var i = 0; i < r; i++)
        {
            for (var j = 0; j < r; j++)
            {
                var dot = 0.0;
                for (var k = 0; k < c; k++)
                {
                    dot += (double)At(i, k) * At(j, k);
                }

                Assert.InRange(dot, i == j ? 0.4 : -0.4, i == j ? 1.5 : 0.4);
            }
        }

        float At(int i, int k) => rows <= columns ? matrix[(i * columns) + k] : matrix[(k * columns) + i];
    }
}
