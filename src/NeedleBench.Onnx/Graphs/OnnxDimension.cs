namespace NeedleBench.Onnx.Graphs;

/// <summary>One dimension of an input or output: a fixed size, or a name that stands for any size.</summary>
public readonly record struct OnnxDimension
{
    OnnxDimension(long size, string? name)
    {
        Size = size;
        Name = name;
    }

    /// <summary>The fixed size; null where the dimension is free.</summary>
    public long? Size { get => Name is null ? field : null; }

    /// <summary>The free dimension's name; null where the size is fixed.</summary>
    public string? Name { get; }

    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public static OnnxDimension Fixed(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new OnnxDimension(size, null);
    }

    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static OnnxDimension Free(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new OnnxDimension(0, name);
    }

    public static implicit operator OnnxDimension(long size) => Fixed(size);

    public static implicit operator OnnxDimension(string name) => Free(name);
}
