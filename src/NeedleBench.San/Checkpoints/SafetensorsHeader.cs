using System.Text.Json;
using System.Text.Unicode;

namespace NeedleBench.San.Checkpoints;

/// <summary>
/// Parses and checks the header of a safetensors file by the rules of its specification
/// (https://github.com/huggingface/safetensors#format): names differ, every tensor's bytes are exactly as many as its shape
/// needs, and the tensors cover the data without overlap and without holes.
/// </summary>
static class SafetensorsHeader
{
    public const int MaxBytes = 100_000_000;
    const int MaxRank = 8;
    const string MetadataKey = "__metadata__";
    const string Mend = "The file is damaged or was not written by a safetensors library: fetch or export it again.";

    static readonly Dictionary<string, int> BitsOf = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 8,
        ["U8"] = 8,
        ["I8"] = 8,
        ["F4"] = 4,
        ["F6_E2M3"] = 6,
        ["F6_E3M2"] = 6,
        ["F8_E5M2"] = 8,
        ["F8_E4M3"] = 8,
        ["F8_E8M0"] = 8,
        ["U16"] = 16,
        ["I16"] = 16,
        ["F16"] = 16,
        ["BF16"] = 16,
        ["U32"] = 32,
        ["I32"] = 32,
        ["F32"] = 32,
        ["U64"] = 64,
        ["I64"] = 64,
        ["F64"] = 64,
        ["C64"] = 64,
    };

    /// <summary>The header's length, from the first eight bytes.</summary>
    public static int LengthOf(ReadOnlySpan<byte> prefix, long fileLength, string file)
    {
        if (fileLength < 8)
        {
            throw Bad($"the file has {fileLength} bytes; the header's length alone takes 8", file);
        }

        var length = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxBytes)
        {
            throw Bad($"the header claims {length} bytes; at most {MaxBytes} are allowed", file);
        }

        return (long)length <= fileLength - 8
            ? (int)length
            : throw Bad($"the header claims {length} bytes, but only {fileLength - 8} follow", file);
    }

    /// <param name="header">The JSON text.</param>
    /// <param name="dataLength">How many bytes follow it.</param>
    /// <param name="file">What error messages call the file.</param>
    public static (Dictionary<string, TensorEntry> Tensors, Dictionary<string, string> Metadata) Parse(
        ReadOnlyMemory<byte> header, long dataLength, string file)
    {
        if (header.IsEmpty || header.Span[0] != (byte)'{' || !Utf8.IsValid(header.Span))
        {
            throw Bad("the header is no JSON object in UTF-8", file);
        }

        var tensors = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals(MetadataKey))
                {
                    ReadMetadata(property.Value, metadata, file);
                }
                else if (!tensors.TryAdd(property.Name, ReadEntry(property.Name, property.Value, file)))
                {
                    throw BadTensor(property.Name, "it stands in the header twice", file);
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A doubled name lands here too: the parser refuses it and names it.
            throw new InputException($"the header is not valid: {error.Message.TrimEnd('.')}", Mend, file, inner: error);
        }

        RequireCover(tensors.Values, dataLength, file);
        return (tensors, metadata);
    }

    static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata, string file)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Bad($"'{MetadataKey}' is no object of strings", file);
        }

        foreach (var pair in element.EnumerateObject())
        {
            metadata[pair.Name] = pair.Value.ValueKind == JsonValueKind.String
                ? pair.Value.GetString()!
                : throw Bad($"'{MetadataKey}' is no object of strings: '{CheckpointText.Short(pair.Name)}' is none", file);
        }
    }

    static TensorEntry ReadEntry(string name, JsonElement element, string file)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw BadTensor(name, "its header entry is no object", file);
        }

        if (!element.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !BitsOf.TryGetValue(dtype.GetString()!, out var bits))
        {
            throw BadTensor(name, "it has no 'dtype' that safetensors knows", file);
        }

        var shape = ReadSizes(name, element, "shape", file);
        var offsets = ReadSizes(name, element, "data_offsets", file);
        if (shape.Length > MaxRank)
        {
            throw BadTensor(name, $"it has {shape.Length} dimensions; at most {MaxRank} are read", file);
        }

        if (offsets.Length != 2 || offsets[0] > offsets[1])
        {
            throw BadTensor(name, $"'data_offsets' are {CheckpointText.Shape(offsets)}, not a begin and an end behind it", file);
        }

        if (!TryCountBytes(shape, bits, out var bytes) || bytes != offsets[1] - offsets[0])
        {
            throw BadTensor(
                name,
                $"{dtype.GetString()} {CheckpointText.Shape(shape)} does not take the {offsets[1] - offsets[0]} bytes its offsets give it",
                file);
        }

        return new TensorEntry(name, dtype.GetString()!, shape, offsets[0], offsets[1]);
    }

    static long[] ReadSizes(string name, JsonElement element, string key, string file)
    {
        if (!element.TryGetProperty(key, out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw BadTensor(name, $"it has no '{key}' list", file);
        }

        var sizes = new long[list.GetArrayLength()];
        var i = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out sizes[i]) || sizes[i] < 0)
            {
                throw BadTensor(name, $"'{key}' holds {CheckpointText.Short(item.GetRawText())}, no whole number from 0 to 2^63 - 1", file);
            }

            i++;
        }

        return sizes;
    }

    static bool TryCountBytes(long[] shape, int bits, out long bytes)
    {
        bytes = 0;
        if (shape.Contains(0))
        {
            return true;
        }

        UInt128 total = (UInt128)bits;
        foreach (var size in shape)
        {
            total *= (UInt128)size;
            if (total > long.MaxValue)
            {
                return false;
            }
        }

        bytes = (long)(total / 8);
        return total % 8 == 0;
    }

    static void RequireCover(IEnumerable<TensorEntry> tensors, long dataLength, string file)
    {
        var end = 0L;
        foreach (var tensor in tensors.OrderBy(t => t.Begin).ThenBy(t => t.End))
        {
            if (tensor.End > dataLength)
            {
                throw BadTensor(tensor.Name, $"it ends at byte {tensor.End} of the data, which has {dataLength}", file);
            }

            if (tensor.Begin != end)
            {
                throw BadTensor(
                    tensor.Name,
                    tensor.Begin < end ? "it overlaps the tensor before it" : $"{tensor.Begin - end} bytes before it belong to no tensor",
                    file);
            }

            end = tensor.End;
        }

        if (end != dataLength)
        {
            throw Bad($"{dataLength - end} bytes at the end belong to no tensor", file);
        }
    }

    static InputException BadTensor(string name, string problem, string file) => Bad($"tensor '{CheckpointText.Short(name)}': {problem}", file);

    static InputException Bad(string problem, string file) => new(problem, Mend, file);
}
