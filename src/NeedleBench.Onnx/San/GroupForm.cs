using NeedleBench.Onnx.Graphs;
using NeedleBench.San.Quantisation;

namespace NeedleBench.Onnx.San;

/// <summary>
/// Weights in groups of 32 with a scale each, as com.microsoft's MatMulNBits holds them: [outputs, groups, bytes of a group], codes
/// made unsigned by its default zero point (8 or 128), the lower half of a byte first. The embedding has 8 bits always.
/// </summary>
static class GroupForm
{
    const int EmbeddingBits = 8;
    const string EmbeddingScales = SanLinearForm.EmbeddingName + "_scales";

    public static SanLinearForm Create(int bits, bool int8Activations) => new(
        (graph, x, name, rows, outputs, inputs, factor) =>
        {
            var (codes, scales) = Add(graph.Builder, name, rows, outputs, inputs, bits, factor);
            return Product(graph.Builder, x, codes, scales, outputs, inputs, bits, int8Activations);
        },
        LookUp,
        (graph, x, _) => Product(
            graph.Builder, x, SanLinearForm.EmbeddingName, EmbeddingScales,
            graph.Config.VocabularySize, graph.Config.HiddenSize, EmbeddingBits, int8Activations));

    // The same codes that the output layer multiplies by.
    static string LookUp(SanGraph graph, string ids, float[] embedding)
    {
        var builder = graph.Builder;
        var hidden = graph.Config.HiddenSize;
        var (codes, scales) = Add(builder, SanLinearForm.EmbeddingName, embedding, graph.Config.VocabularySize, hidden, EmbeddingBits, 1f);
        var rows = builder.Apply("Cast", [builder.Apply("Gather", [codes, ids])], [OnnxAttributeValue.Int("to", (long)OnnxElementType.Float)]);
        var signed = builder.Apply("Sub", [rows, builder.AddInitializer("embedding_zero", [128f])]);
        var axis = builder.AddInitializer("last_axis", [-1L], 1);
        var factors = builder.Apply("Unsqueeze", [builder.Apply("Gather", [scales, ids]), axis]);
        return graph.Reshape(builder.Apply("Mul", [signed, factors]), 0, 0, hidden);
    }

    static (string Codes, string Scales) Add(OnnxGraphBuilder builder, string name, float[] rows, int outputs, int inputs, int bits, float factor)
    {
        if (inputs % GroupQuantisation.GroupSize != 0)
        {
            throw new InputException(
                $"a matrix with {inputs} inputs cannot be exported in groups of {GroupQuantisation.GroupSize}", "Export it as fp32 or int8-dynamic.");
        }

        var matrix = bits == 8 ? GroupQuantisation.ToInt8(rows, outputs, inputs) : GroupQuantisation.ToInt4(rows, outputs, inputs);
        var groupBytes = GroupQuantisation.GroupSize * bits / 8;
        var codes = builder.AddInitializer(
            name, bits == 8 ? Bytes(matrix.Codes) : Nibbles(matrix.Codes), outputs, matrix.Groups, groupBytes);
        var scales = builder.AddInitializer($"{name}_scales", [.. matrix.Scales.Select(scale => scale * factor)], outputs, matrix.Groups);
        return (codes, scales);
    }

    static string Product(OnnxGraphBuilder builder, string x, string codes, string scales, int outputs, int inputs, int bits, bool int8Activations) =>
        builder.Apply(
            "MatMulNBits",
            [x, codes, scales],
            [
                OnnxAttributeValue.Int("K", inputs),
                OnnxAttributeValue.Int("N", outputs),
                OnnxAttributeValue.Int("bits", bits),
                OnnxAttributeValue.Int("block_size", GroupQuantisation.GroupSize),
                OnnxAttributeValue.Int("accuracy_level", int8Activations ? 4 : 1),
            ],
            OnnxGraphBuilder.Microsoft);

    static byte[] Bytes(sbyte[] codes) => Array.ConvertAll(codes, code => (byte)(code + 128));

    static byte[] Nibbles(sbyte[] codes)
    {
        var bytes = new byte[codes.Length / 2];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((codes[2 * i] + 8) | ((codes[(2 * i) + 1] + 8) << 4));
        }

        return bytes;
    }
}
