namespace NeedleBench.San.Checkpoints;

/// <summary>
/// Reads Python pickles of protocols 2 to 5 that hold nothing but data: dictionaries with text keys, lists, tuples, text, bytes,
/// numbers, booleans, None and NumPy arrays of numbers. A pickle is a program; this reader executes the data half of its
/// instruction set and refuses the rest. A name that a pickle asks for is compared with a short list and never looked up.
/// </summary>
/// <remarks>
/// Memory is bounded by a small multiple of the file's size, time by its length; the result is a tree whose depth and size are
/// checked, so that a recursive walk over it is safe.
/// </remarks>
public static class NeedlePickle
{
    /// <summary>Reads a pickle file.</summary>
    /// <inheritdoc cref="Parse"/>
    public static object? Read(string path) => Parse(CheckpointFiles.ReadSmall(path, Array.MaxLength), path);

    /// <summary>Reads a pickle.</summary>
    /// <param name="pickle">All its bytes; arrays stay views of them, so they must not change.</param>
    /// <param name="file">What error messages call it.</param>
    /// <returns>
    /// <see cref="IReadOnlyDictionary{TKey, TValue}"/> of string to object, <see cref="IReadOnlyList{T}"/> of object (lists and
    /// tuples), <see cref="string"/>, <see cref="ReadOnlyMemory{T}"/> of byte, <see cref="long"/>, <see cref="double"/>,
    /// <see cref="bool"/>, null or <see cref="NumpyArray"/>.
    /// </returns>
    /// <exception cref="InputException">
    /// It asks for any other name (the message gives module, name and byte), uses any other instruction, is damaged, or is larger
    /// inside than its size warrants.
    /// </exception>
    public static object? Parse(ReadOnlyMemory<byte> pickle, string file)
    {
        var value = new PickleMachine(new PickleBytes(pickle, file)).Run();
        PickleTree.Check(value, file);
        return value;
    }
}
