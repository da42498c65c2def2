using System.Buffers.Binary;
using System.Text;
using NeedleBench.San.Checkpoints;

namespace NeedleBench.San.Tests.Checkpoints;

/// <summary>Small checkpoints made in the test.</summary>
static class TestCheckpoints
{
    public static SanConfig Config { get; } = new()
    {
        HiddenSize = 8,
        Heads = 2,
        KeyValueHeads = 1,
        EncoderLayers = 2,
        DecoderLayers = 1,
        VocabularySize = 12,
    };

    /// <summary>The layout's tensors with seeded values that bfloat16 holds exactly, so that a round trip in any format is exact.</summary>
    public static Dictionary<string, (int[] Shape, float[] Values)> Tensors(bool retrieval = true)
    {
        var random = new Random(7);
        var tensors = new Dictionary<string, (int[], float[])>(StringComparer.Ordinal);
        foreach (var (name, shape) in SanTensors.Layout(Config, retrieval))
        {
            var values = new float[shape.Aggregate(1, (product, size) => product * size)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = random.Next(-128, 128) / 64f;
            }

            tensors[name] = (shape, values);
        }

        return tensors;
    }

    public static SanWeights Weights(bool retrieval = true) =>
        SanTensors.Assemble(Config, Tensors(retrieval).ToDictionary(t => t.Key, t => t.Value.Values));

    public static byte[] Safetensors(
        Dictionary<string, (int[] Shape, float[] Values)> tensors, SafetensorsDtype dtype = SafetensorsDtype.F32, Dictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors.Select(t => (t.Key, t.Value.Shape, t.Value.Values)), dtype, metadata);
        return stream.ToArray();
    }

    /// <summary>A safetensors file with a header of the test's own wording.</summary>
    public static byte[] Safetensors(string header, int dataLength, ulong? claimedLength = null)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, claimedLength ?? (ulong)text.Length);
        text.CopyTo(file, 8);
        return file;
    }
}
