using System.Globalization;

namespace NeedleBench.Onnx.Graphs;

/// <summary>A constant tensor: little-endian bytes, row-major.</summary>
/// <param name="Name">What nodes call it.</param>
/// <param name="Type">What the bytes hold.</param>
/// <param name="Shape">Sizes of the dimensions; empty for a scalar.</param>
/// <param name="Data">The elements' bytes.</param>
sealed record OnnxInitializer(string Name, OnnxElementType Type, long[] Shape, ReadOnlyMemory<byte> Data)
{
    // TensorProto's fields.
    const int DimensionField = 1;
    const int TypeField = 2;
    const int NameField = 8;
    const int RawField = 9;
    const int ExternalField = 13;
    const int LocationField = 14;

    /// <exception cref="ArgumentException">The number of values is not the shape's.</exception>
    /// <exception cref="NotSupportedException">No element type is <typeparamref name="T"/>.</exception>
    public static OnnxInitializer Of<T>(string name, ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged =>
        Of(name, OnnxElements.TypeOf<T>(), OnnxElements.Bytes(values).ToArray(), shape);

    /// <exception cref="ArgumentException">The number of bytes is not the shape's and type's.</exception>
    public static OnnxInitializer Of(string name, OnnxElementType type, ReadOnlyMemory<byte> data, ReadOnlySpan<long> shape)
    {
        if (OnnxElements.Count(shape) * OnnxElements.SizeOf(type) != data.Length)
        {
            throw new ArgumentException(
                $"'{name}' has {data.Length} bytes, which is not {type} of shape [{OnnxElements.Text(shape)}].", nameof(data));
        }

        return new OnnxInitializer(name, type, shape.ToArray(), data);
    }

    /// <summary>The tensor with its bytes in the message.</summary>
    public ProtoMessage ToMessage()
    {
        var message = Head();
        message.Bytes(RawField, Data);
        return message;
    }

    /// <summary>The tensor with its bytes in another file beside the model, as ONNX lays such files out.</summary>
    public ProtoMessage ToMessage(string file, long offset)
    {
        var message = Head();
        AddPair(message, ExternalField, "location", file);
        AddPair(message, ExternalField, "offset", offset.ToString(CultureInfo.InvariantCulture));
        AddPair(message, ExternalField, "length", Data.Length.ToString(CultureInfo.InvariantCulture));
        message.Number(LocationField, 1);
        return message;
    }

    /// <summary>A StringStringEntryProto.</summary>
    public static void AddPair(ProtoMessage message, int field, string key, string value)
    {
        var pair = new ProtoMessage();
        pair.Text(1, key);
        pair.Text(2, value);
        message.Message(field, pair);
    }

    ProtoMessage Head()
    {
        var message = new ProtoMessage();
        foreach (var size in Shape)
        {
            message.Number(DimensionField, size);
        }

        message.Number(TypeField, (long)Type);
        if (Name.Length > 0)
        {
            message.Text(NameField, Name);
        }

        return message;
    }
}
