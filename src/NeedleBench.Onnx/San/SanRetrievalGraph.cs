using NeedleBench.Onnx.Graphs;
using NeedleBench.San.Checkpoints;

namespace NeedleBench.Onnx.San;

/// <summary>The retrieval head, in FP32 at any precision: <c>encoder_out [1, t, d]</c> → <c>embedding [1, 128]</c>, unit length.</summary>
static class SanRetrievalGraph
{
    public static OnnxGraphBuilder Build(SanConfig config, RetrievalHeadWeights head)
    {
        var graph = new OnnxGraphBuilder("retrieval");
        var inner = head.HiddenBias.Length;
        var encoded = graph.AddInput(SanOnnxNames.EncoderOutput, OnnxElementType.Float, 1, "tokens", config.HiddenSize);
        var mean = graph.Apply("ReduceMean", [encoded], [OnnxAttributeValue.Ints("axes", 1), OnnxAttributeValue.Int("keepdims", 0)]);
        var hidden = graph.AddInitializer("hidden", head.Hidden, inner, config.HiddenSize);
        var bias = graph.AddInitializer("hidden_bias", head.HiddenBias, inner);
        var projection = graph.AddInitializer("projection", head.Projection, RetrievalHeadWeights.EmbeddingSize, inner);
        var transposed = OnnxAttributeValue.Int("transB", 1);
        var active = graph.Apply("Relu", [graph.Apply("Gemm", [mean, hidden, bias], [transposed])]);
        var projected = graph.Apply("Gemm", [active, projection], [transposed]);
        graph.AddNode(
            "LpNormalization", [projected], [SanOnnxNames.Embedding], [OnnxAttributeValue.Int("axis", -1), OnnxAttributeValue.Int("p", 2)]);
        graph.AddOutput(SanOnnxNames.Embedding, OnnxElementType.Float, 1, RetrievalHeadWeights.EmbeddingSize);
        return graph;
    }
}
