using Google.Protobuf;

namespace NeedleBench.Onnx.Graphs;

/// <summary>
/// A protobuf message in the making, as the parts of its bytes: weights stay where they are and are not copied for each
/// message around them. Repeated numbers are written one by one, as ONNX's proto2 description asks.
/// </summary>
sealed class ProtoMessage
{
    readonly List<ReadOnlyMemory<byte>> _parts = [];

    /// <summary>Bytes of the message so far.</summary>
    public long Length { get; private set; }

    public void Number(int field, long value) =>
        Append(Encoded(field, WireFormat.WireType.Varint, CodedOutputStream.ComputeInt64Size(value), coded => coded.WriteInt64(value)));

    public void Float(int field, float value) =>
        Append(Encoded(field, WireFormat.WireType.Fixed32, sizeof(float), coded => coded.WriteFloat(value)));

    public void Text(int field, string value) =>
        Append(Encoded(
            field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeStringSize(value), coded => coded.WriteString(value)));

    /// <summary>Bytes that are kept, not copied: they must not change before the message is written.</summary>
    public void Bytes(int field, ReadOnlyMemory<byte> value)
    {
        AppendLength(field, value.Length);
        Append(value);
    }

    /// <summary>A message within; what is added to it later stays outside.</summary>
    /// <exception cref="InvalidOperationException">It is larger than the two gigabytes that protobuf can hold.</exception>
    public void Message(int field, ProtoMessage value)
    {
        AppendLength(field, value.Length);
        value._parts.ForEach(Append);
    }

    /// <exception cref="InvalidOperationException">The message is larger than the two gigabytes that protobuf can hold.</exception>
    public void WriteTo(Stream stream)
    {
        RequireSize(Length);
        foreach (var part in _parts)
        {
            stream.Write(part.Span);
        }
    }

    void AppendLength(int field, long length)
    {
        RequireSize(length);
        Append(Encoded(
            field,
            WireFormat.WireType.LengthDelimited,
            CodedOutputStream.ComputeLengthSize((int)length),
            coded => coded.WriteLength((int)length)));
    }

    void Append(ReadOnlyMemory<byte> part)
    {
        _parts.Add(part);
        Length += part.Length;
    }

    static byte[] Encoded(int field, WireFormat.WireType type, int size, Action<CodedOutputStream> write)
    {
        var bytes = new byte[CodedOutputStream.ComputeTagSize(field) + size];
        using var coded = new CodedOutputStream(bytes);
        coded.WriteTag(field, type);
        write(coded);
        coded.CheckNoSpaceLeft();
        return bytes;
    }

    static void RequireSize(long length)
    {
        if (length > int.MaxValue)
        {
            throw new InvalidOperationException(
                $"A model file holds at most {int.MaxValue} bytes, and this one needs {length}: save its weights in an external data file.");
        }
    }
}
