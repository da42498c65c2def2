using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NeedleBench.Training.Network;

namespace NeedleBench.Training.Shards;

/// <summary>One shard, written and read as <see cref="ShardFormat"/> says.</summary>
/// <param name="First">Index in the recipe's stream of the first position.</param>
/// <param name="VocabularySize">Ids are below it.</param>
/// <param name="Examples">By position; null where the example fits no model.</param>
sealed record ShardFile(long First, int VocabularySize, IReadOnlyList<TrainingExample?> Examples)
{
    public static void Write(Stream stream, long first, int vocabularySize, int startId, IReadOnlyList<ShardBlock> blocks)
    {
        var weights = blocks.Sum(b => (long)b.Weights.Length);
        Span<byte> header = stackalloc byte[ShardFormat.HeaderBytes];
        header.Clear();
        ShardFormat.Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], ShardFormat.HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], vocabularySize);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], first);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], blocks.Sum(b => b.Positions));
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], startId);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], weights);
        BinaryPrimitives.WriteInt64LittleEndian(header[40..], blocks.Sum(b => (long)b.Tokens.Length));
        stream.Write(header);
        foreach (var block in blocks)
        {
            WriteShorts(stream, block.Lengths);
        }

        foreach (var block in blocks)
        {
            stream.Write(block.Weights);
        }

        if (weights % 2 == 1)
        {
            stream.WriteByte(0);
        }

        foreach (var block in blocks)
        {
            WriteShorts(stream, block.Tokens);
        }
    }

    /// <summary>Reads a shard into memory.</summary>
    /// <exception cref="InputException">The file cannot be read, or is no shard.</exception>
    public static ShardFile Read(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the shard cannot be read ({e.Message.TrimEnd('.')})", "Name a shard-*.bin of an export.", file, inner: e);
        }

        if (bytes.Length < ShardFormat.HeaderBytes || !bytes.AsSpan().StartsWith(ShardFormat.Magic))
        {
            throw Damaged(file);
        }

        var header = bytes.AsSpan(0, ShardFormat.HeaderBytes);
        var positions = BinaryPrimitives.ReadInt32LittleEndian(header[24..]);
        var weights = BinaryPrimitives.ReadInt64LittleEndian(header[32..]);
        var tokens = BinaryPrimitives.ReadInt64LittleEndian(header[40..]);
        var lengthsEnd = ShardFormat.HeaderBytes + ((long)positions * ShardFormat.LengthsPerPosition * sizeof(ushort));
        var tokensFrom = lengthsEnd + weights + (weights % 2);
        if (positions < 0 || weights < 0 || tokens < 0 || tokensFrom + (tokens * sizeof(ushort)) != bytes.Length)
        {
            throw Damaged(file);
        }

        var cursor = new Cursor(Shorts(bytes.AsSpan((int)tokensFrom)), bytes.AsSpan((int)lengthsEnd, (int)weights).ToArray(), BinaryPrimitives.ReadInt32LittleEndian(header[28..]));
        var lengths = Shorts(bytes.AsSpan(ShardFormat.HeaderBytes, (int)lengthsEnd - ShardFormat.HeaderBytes));
        try
        {
            return new ShardFile(
                BinaryPrimitives.ReadInt64LittleEndian(header[16..]),
                BinaryPrimitives.ReadInt32LittleEndian(header[12..]),
                [.. lengths.Chunk(ShardFormat.LengthsPerPosition).Select(cursor.Take)]);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw Damaged(file, e);
        }
    }

    static InputException Damaged(string file, Exception? inner = null) =>
        new("the file is no shard, or a damaged one", "Export it again: delete it, and repeat the command that wrote it.", file, inner: inner);

    static void WriteShorts(Stream stream, ReadOnlySpan<ushort> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }

    static int[] Shorts(ReadOnlySpan<byte> bytes)
    {
        var values = new int[bytes.Length / sizeof(ushort)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * sizeof(ushort))..]);
        }

        return values;
    }

    sealed class Cursor(int[] tokens, byte[] weights, int startId)
    {
        int _token;
        int _weight;

        public TrainingExample? Take(int[] lengths)
        {
            if (lengths[1] == 0)
            {
                return null;
            }

            var (encoder, decoder) = (Ids(lengths[0]), Ids(lengths[1]));
            var (query, tool) = (Ids(lengths[2]), Ids(lengths[3]));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(_weight + lengths[1], weights.Length);
            var scaled = weights.AsSpan(_weight, lengths[1]).ToArray();
            _weight += lengths[1];
            return new TrainingExample(encoder, decoder, [.. decoder[1..], startId], Array.ConvertAll(scaled, w => (float)w / ShardFormat.WeightScale))
            {
                Pair = query.Length > 0 ? new RetrievalPair(query, tool) : null,
            };
        }

        int[] Ids(int count)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(_token + count, tokens.Length);
            _token += count;
            return tokens[(_token - count).._token];
        }
    }
}
