namespace NeedleBench.Onnx;

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

    /// <summary>The free dimension's name, empty where it has none and stands alone; null where the size is fixed.</summary>
    public string? Name { get; }

    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public static OnnxDimension Fixed(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new OnnxDimension(size, null);
    }

    /// <summary>Any size: the same one wherever the name stands, or, where it is empty, one that has to do with no other.</summary>
    public static OnnxDimension Free(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new OnnxDimension(0, name);
    }

    public static implicit operator OnnxDimension(long size) => Fixed(size);

    public static implicit operator OnnxDimension(string name) => Free(name);

    public override string ToString() => Name is null ? $"{Size}" : Name.Length == 0 ? "?" : Name;
}
