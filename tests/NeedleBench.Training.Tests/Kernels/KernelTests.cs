using System.Runtime.Intrinsics;
using NeedleBench.San.Kernels;
using NeedleBench.Training.Kernels;

namespace NeedleBench.Training.Tests.Kernels;

/// <summary>Vector kernels against the same sums one element at a time, at sizes that are no whole number of tiles.</summary>
public unsafe class KernelTests
{
    [Theory]
    [InlineData(1, 1, 16)]
    [InlineData(7, 5, 16)]
    [InlineData(13, 40, 64)]
    [InlineData(50, 3, 80)]
    public void A_product_with_a_transposed_left_side_is_added(int columns, int k, int n)
    {
        using var arena = new Arena();
        var x = Random(arena, k * columns);
        var b = Random(arena, k * n);
        var y = Random(arena, columns * n);
        var expected = new double[columns * n];
        for (var i = 0; i < expected.Length; i++)
        {
            expected[i] = y[i];
            for (var j = 0; j < k; j++)
            {
                expected[i] += (double)x[(j * columns) + (i / n)] * b[(j * n) + (i % n)];
            }
        }

        var packed = arena.Take(Panels.Size(k, n));
        Panels.Pack(b, n, k, n, packed);
        TransposedMultiply.Add(x, columns, columns, k, packed, PanelMultiply.PanelCount(n), y, n, arena);

        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], y[i], 1e-5);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 16)]
    [InlineData(19, 37)]
    public void Columns_are_packed_as_their_transpose_is(int rows, int columns)
    {
        using var arena = new Arena();
        var source = Random(arena, rows * columns);
        var transposed = arena.Take(rows * columns);
        Panels.Transpose(source, columns, rows, columns, transposed, rows);
        var packed = arena.Take(Panels.Size(columns, rows));
        var expected = arena.Take(Panels.Size(columns, rows));
        Panels.PackTransposed(source, columns, columns, rows, packed);
        Panels.Pack(transposed, rows, columns, rows, expected);

        for (var i = 0; i < rows * columns; i++)
        {
            Assert.Equal(source[((i % rows) * columns) + (i / rows)], transposed[i]);
        }

        for (var i = 0; i < Panels.Size(columns, rows); i++)
        {
            Assert.Equal(expected[i], packed[i]);
        }
    }

    [Fact]
    public void Exponentials_are_right_to_two_ten_millionths()
    {
        for (var x = 0f; x > -87f; x -= 0.0137f)
        {
            var expected = Math.Exp(x);
            Assert.InRange(FastExp.OfNonPositive(Vector256.Create(x))[3], expected * (1 - 2e-7), expected * (1 + 2e-7));
        }
    }

    [Fact]
    public void What_is_not_a_number_stays_none_and_minus_infinity_becomes_0()
    {
        Assert.True(float.IsNaN(FastExp.OfNonPositive(Vector256.Create(float.NaN))[0]));
        Assert.Equal(0f, FastExp.OfNonPositive(Vector256.Create(float.NegativeInfinity))[0]);
        Assert.Equal(0f, FastExp.OfNonPositive(Vector256.Create(-200f))[0]);

        using var arena = new Arena();
        var row = Random(arena, 24);
        row[5] = float.NaN;
        RowSoftmax.Apply(row, 20, 24);
        Assert.True(float.IsNaN(row[0]));
    }

    static float* Random(Arena arena, int count)
    {
        var random = new Random(count);
        var pointer = arena.Take(count);
        for (var i = 0; i < count; i++)
        {
            pointer[i] = (random.NextSingle() * 2) - 1;
        }

        return pointer;
    }
}
