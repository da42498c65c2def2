namespace NeedleBench.San.Checkpoints;

/// <summary>A number format that arrays in a pickle may have.</summary>
/// <param name="Name">NumPy's name.</param>
/// <param name="Size">Bytes a number.</param>
sealed record NumpyDtype(string Name, int Size)
{
    public static NumpyDtype BFloat16 { get; } = new("bfloat16", 2);

    /// <summary>The format behind a type code as pickles spell it (<c>f2</c>), or null.</summary>
    public static NumpyDtype? Of(string code) => code switch
    {
        "f2" => new NumpyDtype("float16", 2),
        "f4" => new NumpyDtype("float32", 4),
        "f8" => new NumpyDtype("float64", 8),
        "i1" => new NumpyDtype("int8", 1),
        "i2" => new NumpyDtype("int16", 2),
        "i4" => new NumpyDtype("int32", 4),
        "i8" => new NumpyDtype("int64", 8),
        "u1" => new NumpyDtype("uint8", 1),
        "u2" => new NumpyDtype("uint16", 2),
        "u4" => new NumpyDtype("uint32", 4),
        "u8" => new NumpyDtype("uint64", 8),
        _ => null,
    };
}
