using System.Buffers.Binary;
using System.Text;

namespace NeedleBench.San.Checkpoints;

/// <summary>The bytes of a pickle, read from front to back; every length is checked against what is left.</summary>
sealed class PickleBytes(ReadOnlyMemory<byte> bytes, string file)
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    int _position;
    int _instruction;

    public int Length => bytes.Length;

    public bool AtEnd => _position == bytes.Length;

    /// <summary>The next instruction; errors point at it until the one after.</summary>
    public byte NextInstruction()
    {
        _instruction = _position;
        return Take(1).Span[0];
    }

    public byte ReadByte() => Take(1).Span[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2).Span);

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4).Span);

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span);

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8).Span);

    /// <summary>The one number a pickle stores with its highest byte first.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8).Span);

    /// <summary>A two's complement integer of <paramref name="length"/> bytes, lowest first.</summary>
    public long ReadLong(ulong length)
    {
        if (length > 8)
        {
            throw Bad($"an integer has {length} bytes; at most 8 are read");
        }

        var span = Take(length).Span;
        var value = span.Length > 0 && (span[^1] & 0x80) != 0 ? -1L : 0L;
        for (var i = span.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | span[i];
        }

        return value;
    }

    public ReadOnlyMemory<byte> Take(ulong length)
    {
        if (length > (ulong)(bytes.Length - _position))
        {
            throw Bad($"{length} bytes should follow, but the file ends after {bytes.Length - _position}");
        }

        var taken = bytes.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }

    /// <summary>Checks a frame's length. Frames only help a streaming reader; their contents are read like any other.</summary>
    public void RequireFrame()
    {
        var length = ReadUInt64();
        if (length > (ulong)(bytes.Length - _position))
        {
            throw Bad($"a frame of {length} bytes should follow, but the file ends after {bytes.Length - _position}");
        }
    }

    /// <summary>Text out of UTF-8.</summary>
    public string Decode(ReadOnlySpan<byte> text)
    {
        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw Bad("text is not UTF-8");
        }
    }

    /// <summary>Text up to a line feed, which is consumed.</summary>
    public string ReadLine()
    {
        var length = bytes.Span[_position..].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw Bad("a name does not end");
        }

        var text = Decode(Take((ulong)length).Span);
        _position++;
        return text;
    }

    public InputException Bad(string problem) => new(
        FormattableString.Invariant($"at byte {_instruction}: {problem}"),
        "Only pickles as Needle's own tools write them are read: dictionaries, text, numbers and NumPy arrays.",
        file);
}
