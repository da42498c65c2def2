using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NeedleBench.San.Checkpoints;

/// <summary>
/// Writes safetensors files. The same tensors give the same bytes: they are written in ordinal order of their names, and the
/// header is padded with spaces to a multiple of eight bytes.
/// </summary>
public static class SafetensorsWriter
{
    const int ChunkValues = 1 << 16;

    /// <summary>Writes a file as a whole or not at all: to a temporary file beside it first, which then takes its name.</summary>
    /// <inheritdoc cref="Write(Stream, IEnumerable{ValueTuple{string, int[], float[]}}, SafetensorsDtype, IReadOnlyDictionary{string, string}?)"/>
    public static void Write(
        string path,
        IEnumerable<(string Name, int[] Shape, float[] Values)> tensors,
        SafetensorsDtype dtype,
        IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, dtype, metadata));

    /// <param name="stream">Takes the file.</param>
    /// <param name="tensors">Names, shapes and row-major values; the names must differ.</param>
    /// <param name="dtype">The format all of them are written in, rounded to nearest, ties to even.</param>
    /// <param name="metadata">Free text pairs for <c>__metadata__</c>.</param>
    /// <exception cref="InputException">A value is not finite, or too large for <paramref name="dtype"/>; the message names the tensor.</exception>
    /// <exception cref="ArgumentException">Two tensors share a name, or a shape does not fit its values.</exception>
    public static void Write(
        Stream stream,
        IEnumerable<(string Name, int[] Shape, float[] Values)> tensors,
        SafetensorsDtype dtype,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        var sorted = tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal).ToArray();
        var header = Header(sorted, dtype, metadata);
        foreach (var tensor in sorted)
        {
            RequireFits(tensor.Name, tensor.Values, dtype);
        }

        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, _, values) in sorted)
        {
            WriteValues(stream, values, dtype);
        }
    }

    static byte[] Header(
        (string Name, int[] Shape, float[] Values)[] tensors, SafetensorsDtype dtype, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach (var pair in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(pair.Key, pair.Value);
                }

                json.WriteEndObject();
            }

            var offset = 0L;
            for (var i = 0; i < tensors.Length; i++)
            {
                var (name, shape, values) = tensors[i];
                RequireSound(name, shape, values, i > 0 ? tensors[i - 1].Name : null);
                json.WriteStartObject(name);
                json.WriteString("dtype", dtype.ToString());
                WriteList(json, "shape", Array.ConvertAll(shape, size => (long)size));
                var end = offset + ((long)values.Length * SizeOf(dtype));
                WriteList(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        var padded = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(padded);
        return padded;
    }

    static void RequireSound(string name, int[] shape, float[] values, string? previous)
    {
        if (name == previous || name == "__metadata__")
        {
            throw new ArgumentException($"Tensor name '{name}' stands twice or is reserved.");
        }

        if (shape.Any(size => size < 0) || shape.Aggregate(1L, (product, size) => checked(product * size)) != values.Length)
        {
            throw new ArgumentException($"Tensor '{name}' has {values.Length} values, which is not its shape {CheckpointText.Shape(shape)}.");
        }
    }

    static void RequireFits(string name, float[] values, SafetensorsDtype dtype)
    {
        // The largest magnitude that does not round to infinity: halfway to the next power of two's step, exclusive.
        var limit = dtype switch
        {
            SafetensorsDtype.F16 => 65520f,
            SafetensorsDtype.BF16 => BitConverter.UInt32BitsToSingle(0x7F7F8000),
            _ => float.PositiveInfinity,
        };
        foreach (var value in values)
        {
            if (!(MathF.Abs(value) < limit))
            {
                throw new InputException(
                    $"tensor '{name}' holds {CheckpointText.Of(value)}, which {dtype} cannot hold as a finite number",
                    float.IsFinite(value) ? "Write it as F32." : "The weights are damaged: train or import them again.");
            }
        }
    }

    static void WriteValues(Stream stream, float[] values, SafetensorsDtype dtype)
    {
        if (dtype == SafetensorsDtype.F32)
        {
            for (var done = 0; done < values.Length; done += ChunkValues)
            {
                stream.Write(MemoryMarshal.AsBytes(values.AsSpan(done, Math.Min(ChunkValues, values.Length - done))));
            }

            return;
        }

        var bits = new ushort[Math.Min(ChunkValues, values.Length)];
        for (var done = 0; done < values.Length; done += ChunkValues)
        {
            var source = values.AsSpan(done, Math.Min(ChunkValues, values.Length - done));
            for (var i = 0; i < source.Length; i++)
            {
                bits[i] = dtype == SafetensorsDtype.BF16 ? SixteenBitFloats.ToBFloat16(source[i]) : SixteenBitFloats.ToHalf(source[i]);
            }

            stream.Write(MemoryMarshal.AsBytes(bits.AsSpan(0, source.Length)));
        }
    }

    static void WriteList(Utf8JsonWriter json, string key, ReadOnlySpan<long> values)
    {
        json.WriteStartArray(key);
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    static int SizeOf(SafetensorsDtype dtype) => dtype switch
    {
        SafetensorsDtype.F32 => 4,
        SafetensorsDtype.F16 or SafetensorsDtype.BF16 => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype)),
    };
}
