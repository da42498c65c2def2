using NeedleBench.Onnx.Graphs;

namespace NeedleBench.Onnx.San;

/// <summary>Weights as FP32: MatMul by the transpose; the tied embedding stands once, read by Gather and by Gemm.</summary>
static class FloatForm
{
    public static SanLinearForm Create() => new(Multiply, LookUp, OutputLayer);

    static string Multiply(SanGraph graph, string x, string name, float[] rows, int outputs, int inputs, float factor)
    {
        var columns = new float[rows.Length];
        for (var n = 0; n < outputs; n++)
        {
            for (var k = 0; k < inputs; k++)
            {
                columns[(k * outputs) + n] = rows[(n * inputs) + k] * factor;
            }
        }

        return graph.Builder.Apply("MatMul", [x, graph.Builder.AddInitializer(name, columns, inputs, outputs)]);
    }

    static string LookUp(SanGraph graph, string ids, float[] embedding) => graph.Builder.Apply(
        "Gather",
        [graph.Builder.AddInitializer(SanLinearForm.EmbeddingName, embedding, graph.Config.VocabularySize, graph.Config.HiddenSize), ids]);

    static string OutputLayer(SanGraph graph, string x, float[] embedding)
    {
        var rows = graph.Reshape(x, -1, graph.Config.HiddenSize);
        var logits = graph.Builder.Apply("Gemm", [rows, SanLinearForm.EmbeddingName], [OnnxAttributeValue.Int("transB", 1)]);
        return graph.Reshape(logits, 1, -1, graph.Config.VocabularySize);
    }
}
