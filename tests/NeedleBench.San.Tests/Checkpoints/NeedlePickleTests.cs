using System.Runtime.InteropServices;
using NeedleBench.San.Checkpoints;

namespace NeedleBench.San.Tests.Checkpoints;

public class NeedlePickleTests
{
    [Fact]
    public void Data_of_every_kind_are_read()
    {
        var value = Parse(new PickleBuilder().Raw("}(").Text("é").Raw("]").Text("list").Raw("](K\u0007M\u0001\u0002J\u00ff\u00ff\u00ff\u00ffe")
            .Text("long").Raw("\u008a\u0008\0\0\0\0\0\0\0\u0080").Text("short").Raw("\u008a\u0001\u0080").Text("zero").Raw("\u008a\0")
            .Text("float").Raw("G\u00c0\u0004\0\0\0\0\0\0").Text("bytes").Raw("C\u0002ab").Text("tuple").Raw("N\u0088\u0089\u0087u").Stop());

        var dictionary = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(value);
        Assert.Empty((IReadOnlyList<object?>)dictionary["é"]!);
        Assert.Equal([7L, 513L, -1L], (IReadOnlyList<object?>)dictionary["list"]!);
        Assert.Equal(long.MinValue, dictionary["long"]);
        Assert.Equal(-128L, dictionary["short"]);
        Assert.Equal(0L, dictionary["zero"]);
        Assert.Equal(-2.5, dictionary["float"]);
        Assert.Equal("ab"u8.ToArray(), ((ReadOnlyMemory<byte>)dictionary["bytes"]!).ToArray());
        Assert.Equal([null, true, false], (IReadOnlyList<object?>)dictionary["tuple"]!);
    }

    [Fact]
    public void The_memo_gives_back_the_value_put_last()
    {
        var value = Parse(new PickleBuilder().Raw("](").Text("a").Raw("q\u0005").Text("b").Raw("r\u0005\0\0\0h\u0005j\u0005\0\0\0e").Stop());

        Assert.Equal(["a", "b", "b", "b"], (IReadOnlyList<object?>)value!);
    }

    [Theory]
    [InlineData("i1", "int8", new byte[] { 0xFF, 2 }, new float[] { -1, 2 })]
    [InlineData("u1", "uint8", new byte[] { 0xFF, 2 }, new float[] { 255, 2 })]
    [InlineData("i2", "int16", new byte[] { 0xFE, 0xFF, 0, 1 }, new float[] { -2, 256 })]
    [InlineData("u2", "uint16", new byte[] { 0xFE, 0xFF, 0, 1 }, new float[] { 65534, 256 })]
    [InlineData("i4", "int32", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 1, 0, 1, 0 }, new float[] { -2, 65537 })]
    [InlineData("u4", "uint32", new byte[] { 0, 0, 0, 0x80, 1, 0, 1, 0 }, new float[] { 2147483648, 65537 })]
    [InlineData("i8", "int64", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, new float[] { -2 })]
    [InlineData("u8", "uint64", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x80 }, new float[] { 9223372036854775808f })]
    [InlineData("f2", "float16", new byte[] { 0, 0x3C, 1, 0 }, new float[] { 1, 5.9604645e-8f })]
    [InlineData("f4", "float32", new byte[] { 0, 0, 0x20, 0xC1 }, new float[] { -10 })]
    [InlineData("f8", "float64", new byte[] { 0, 0, 0, 0, 0, 0, 4, 0xC0 }, new float[] { -2.5f })]
    public void Arrays_of_every_number_format_become_floats(string code, string dtype, byte[] data, float[] expected)
    {
        foreach (var protocol in new[] { 2, 4, 5 })
        {
            var array = (NumpyArray)Parse(new PickleBuilder(protocol).Array(code, [expected.Length], data, order: code[1] == '1' ? "|" : "<").Stop())!;

            Assert.Equal(dtype, array.Dtype);
            Assert.Equal([expected.Length], array.Shape);
            Assert.Equal(expected, array.ToFloats());
        }
    }

    [Fact]
    public void The_bfloat16_of_ml_dtypes_is_read()
    {
        var pickle = new PickleBuilder(5).Global("numpy._core.numeric", "_frombuffer").Raw("(").Bytes([0x80, 0x3F, 0x20, 0xC1])
            .Global("numpy", "dtype").Global("ml_dtypes", "bfloat16").Raw("\u0089\u0088\u0087R(").Int(3).Text("<").Raw("NNN").Int(-1).Int(-1).Int(0).Raw("tb")
            .Shape(2).Text("C").Raw("tR").Stop();

        Assert.Equal([1f, -10f], ((NumpyArray)Parse(pickle)!).ToFloats());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Fortran_order_is_turned_to_row_major(int protocol)
    {
        // numpy.arange(6).reshape(2, 3) stored column by column, and one axis more.
        var matrix = (NumpyArray)Parse(new PickleBuilder(protocol).Halves([2, 3], [0, 3, 1, 4, 2, 5], fortran: true).Stop())!;
        var cube = (NumpyArray)Parse(new PickleBuilder(protocol).Halves([2, 1, 3], [0, 3, 1, 4, 2, 5], fortran: true).Stop())!;

        Assert.Equal([0, 1, 2, 3, 4, 5], matrix.ToFloats());
        Assert.Equal([0, 1, 2, 3, 4, 5], cube.ToFloats());
    }

    [Fact]
    public void A_buffer_with_permuted_axes_is_turned_to_row_major()
    {
        // reshape(2, 3, 2).transpose(1, 2, 0): result[i, j, k] = buffer[k, i, j].
        var pickle = new PickleBuilder(5).Global("numpy._core.numeric", "_frombuffer").Raw("(")
            .Bytes(MemoryMarshal.AsBytes<float>([0f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]).ToArray())
            .Dtype("f4").Shape(2, 3, 2).Text("K").Shape(1, 2, 0).Raw("tR").Stop();

        var array = (NumpyArray)Parse(pickle)!;

        Assert.Equal([3, 2, 2], array.Shape);
        Assert.Equal([0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11], array.ToFloats());
    }

    [Theory]
    [InlineData("f4", new byte[] { 0, 0, 0x20, 0xC1 }, -10.0)]
    [InlineData("i4", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, -2L)]
    [InlineData("u8", new byte[] { 5, 0, 0, 0, 0, 0, 0, 0 }, 5L)]
    [InlineData("u8", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x80 }, 9223372036854775808.0)]
    public void A_NumPy_number_is_a_number(string code, byte[] data, object expected) => Assert.Equal(
        expected, Parse(new PickleBuilder().Global("numpy.core.multiarray", "scalar").Dtype(code).Bytes(data).Raw("\u0086R").Stop()));

    [Theory]
    [InlineData("f4", new[] { 2 }, 4, "<", "4 bytes")]
    [InlineData("f4", new[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue }, 4, "<", "4 bytes")]
    [InlineData("f4", new[] { -1 }, 4, "<", "shape")]
    [InlineData("f4", new[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, 4, "<", "shape")]
    [InlineData("f4", new[] { 1 }, 4, ">", "big-endian")]
    [InlineData("O8", new[] { 1 }, 8, "|", "'O8'")]
    [InlineData("V16", new[] { 1 }, 16, "|", "'V16'")]
    [InlineData("c8", new[] { 1 }, 8, "<", "'c8'")]
    public void Arrays_that_lie_or_hold_no_numbers_are_refused(string code, int[] shape, int bytes, string order, string named)
    {
        foreach (var protocol in new[] { 2, 4, 5 })
        {
            Assert.Contains(named, Refusal(new PickleBuilder(protocol).Array(code, shape, new byte[bytes], order: order).Stop()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_array_that_never_gets_its_contents_or_gets_them_twice_is_refused()
    {
        var empty = new PickleBuilder().Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Raw("K\0\u0085").Bytes([98]).Raw("\u0087R");
        var twice = new PickleBuilder().Array("u1", [1], [7], order: "|").Raw("(K\u0001").Shape(1).Dtype("u1", "|").Raw("\u0089").Bytes([8]).Raw("tb");

        Assert.Contains("empty array", Refusal(empty.Stop()), StringComparison.Ordinal);
        Assert.Contains("twice", Refusal(twice.Stop()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_of_objects_is_refused()
    {
        var pickle = new PickleBuilder().Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Raw("K\0\u0085").Bytes([98])
            .Raw("\u0087R(K\u0001").Shape(1).Dtype("u1", "|").Raw("\u0089](Netb").Stop();

        Assert.Contains("does not hold numbers", Refusal(pickle), StringComparison.Ordinal);
    }

    static object? Parse(byte[] pickle) => NeedlePickle.Parse(pickle, "p.pkl");

    static string Refusal(byte[] pickle)
    {
        var error = Assert.Throws<InputException>(() => Parse(pickle));
        Assert.Equal("p.pkl", error.File);
        return error.Message;
    }
}
