using System.Buffers.Binary;
using System.Text;

namespace NeedleBench.Tokenizers.Tests.SentencePiece;

/// <summary>The few parts of the protobuf wire format that the models here need.</summary>
sealed class ProtoWriter
{
    readonly List<byte> _bytes = [];

    public ProtoWriter Message(int field, ProtoWriter message) => Bytes(field, message.ToArray());

    public ProtoWriter Text(int field, string? text) => text is null ? this : Bytes(field, Encoding.UTF8.GetBytes(text));

    public ProtoWriter Bytes(int field, byte[] bytes)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    public ProtoWriter Number(int field, int? value)
    {
        if (value is { } number)
        {
            Varint((ulong)field << 3);
            Varint((ulong)(long)number);
        }

        return this;
    }

    public ProtoWriter Flag(int field, bool? value) => Number(field, value is null ? null : value.Value ? 1 : 0);

    public ProtoWriter Float(int field, float value)
    {
        Varint(((ulong)field << 3) | 5);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] ToArray() => _bytes.ToArray();

    void Varint(ulong value)
    {
        for (; value > 127; value >>= 7)
        {
            _bytes.Add((byte)(value | 128));
        }

        _bytes.Add((byte)value);
    }
}
