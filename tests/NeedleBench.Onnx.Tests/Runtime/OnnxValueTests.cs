using System.Runtime.InteropServices;
using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.Tests.Runtime;

public sealed unsafe class OnnxValueTests
{
    [OnnxRuntimeFact]
    public void A_value_shows_the_memory_it_was_made_over()
    {
        var memory = new long[] { 1, 2, 3, 4 };
        using var value = OnnxValue.Over(memory.AsMemory(1), 3);
        value.AsSpan<long>()[2] = 9;
        Assert.Equal([1, 2, 3, 9], memory);
        Assert.Equal(3, value.Count);
    }

    [OnnxRuntimeFact]
    public void A_scalar_has_one_element_and_an_empty_tensor_none()
    {
        using var scalar = OnnxValue.Over(new[] { 7 });
        Assert.True(scalar.Shape.IsEmpty);
        Assert.Equal([7], scalar.AsSpan<int>().ToArray());

        using var empty = OnnxValue.Over(Memory<Half>.Empty, 1, 8, 0, 64);
        Assert.Equal([1L, 8L, 0L, 64L], empty.Shape.ToArray());
        Assert.True(empty.AsSpan<Half>().IsEmpty);
    }

    [OnnxRuntimeFact]
    public void Native_memory_is_used_where_it_stands()
    {
        var memory = (float*)NativeMemory.AlignedAlloc(8, 64);
        try
        {
            using var value = OnnxValue.OverNative(memory, OnnxElementType.Float, 2);
            memory[1] = 5;
            Assert.Equal(5, value.AsSpan<float>()[1]);
            Assert.True(value.Address == memory);
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    [OnnxRuntimeFact]
    public void Reading_as_another_type_is_refused()
    {
        using var value = OnnxValue.Allocate(OnnxElementType.Float16, 2);
        var e = Assert.Throws<InvalidOperationException>(() => value.AsSpan<float>()[0]);
        Assert.Contains("Float16", e.Message, StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void Memory_too_small_for_the_shape_is_refused()
    {
        Assert.Throws<ArgumentException>(() => OnnxValue.Over(new float[5], 2, 3));
        Assert.Throws<ArgumentException>(() => OnnxValue.Over(new float[5], -1));
        Assert.Throws<ArgumentException>(() => OnnxValue.Allocate(OnnxElementType.Float, 1L << 40, 1L << 40));
        Assert.Throws<NotSupportedException>(() => OnnxValue.Over(new decimal[5], 5));
    }
}
