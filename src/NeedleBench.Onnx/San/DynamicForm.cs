using NeedleBench.Onnx.Graphs;

namespace NeedleBench.Onnx.San;

/// <summary>
/// Weights as INT8 [inputs, outputs] with a scale for each output, activations rounded as they come: com.microsoft's
/// DynamicQuantizeMatMul.
/// </summary>
static class DynamicForm
{
    const string EmbeddingScales = SanLinearForm.EmbeddingName + "_scales";

    // Seven bits: two products of an unsigned 8-bit and a signed 8-bit number overflow the 16 bits that AVX2 sums them in.
    const int Most = 63;

    public static SanLinearForm Create() => new(Multiply, LookUp, OutputLayer);

    static string Multiply(SanGraph graph, string x, string name, float[] rows, int outputs, int inputs, float factor)
    {
        Add(graph.Builder, name, rows, outputs, inputs, factor);
        return Product(graph.Builder, x, name);
    }

    // Columns of the matrix that the output layer multiplies by: it stands once.
    static string LookUp(SanGraph graph, string ids, float[] embedding)
    {
        var builder = graph.Builder;
        Add(builder, SanLinearForm.EmbeddingName, embedding, graph.Config.VocabularySize, graph.Config.HiddenSize, 1f);
        var columns = builder.Apply("Gather", [SanLinearForm.EmbeddingName, ids], [OnnxAttributeValue.Int("axis", 1)]);
        var floats = builder.Apply("Cast", [columns], [OnnxAttributeValue.Int("to", (long)OnnxElementType.Float)]);
        var scaled = builder.Apply("Mul", [floats, builder.Apply("Gather", [EmbeddingScales, ids])]);
        return graph.Transpose(scaled, 1, 2, 0);
    }

    static string OutputLayer(SanGraph graph, string x, float[] embedding) => Product(graph.Builder, x, SanLinearForm.EmbeddingName);

    static string Product(OnnxGraphBuilder builder, string x, string name) =>
        builder.Apply("DynamicQuantizeMatMul", [x, name, $"{name}_scales"], domain: OnnxGraphBuilder.Microsoft);

    static void Add(OnnxGraphBuilder builder, string name, float[] rows, int outputs, int inputs, float factor)
    {
        var codes = new sbyte[rows.Length];
        var scales = new float[outputs];
        for (var n = 0; n < outputs; n++)
        {
            var row = rows.AsSpan(n * inputs, inputs);
            var max = 0f;
            foreach (var weight in row)
            {
                max = Math.Max(max, Math.Abs(weight));
            }

            var scale = max / Most;
            scales[n] = scale * factor;
            for (var k = 0; k < inputs && scale > 0; k++)
            {
                codes[(k * outputs) + n] = (sbyte)MathF.Round(row[k] / scale);
            }
        }

        builder.AddInitializer(name, codes, inputs, outputs);
        builder.AddInitializer($"{name}_scales", scales, outputs);
    }
}
