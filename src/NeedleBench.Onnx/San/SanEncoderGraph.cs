using NeedleBench.Onnx.Graphs;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Model;

namespace NeedleBench.Onnx.San;

/// <summary>
/// The encoder: <c>input_ids [1, t]</c> → <c>encoder_out [1, t, d]</c>, and of each decoder layer, computed once a request, the
/// cross-attention's keys <c>cross.N.key [1, kv heads, head size, t]</c>, as products read them, and values
/// <c>cross.N.value [1, kv heads, t, head size]</c>.
/// </summary>
static class SanEncoderGraph
{
    public static OnnxGraphBuilder Build(SanWeights weights, SanLinearForm linear)
    {
        var graph = BuildStack(weights, linear);
        for (var i = 0; i < weights.Decoder.Count; i++)
        {
            AddCross(graph, i, weights.Decoder[i].CrossAttention);
        }

        return graph.Builder;
    }

    /// <summary>The encoder alone, without the cross-attention's keys and values.</summary>
    public static SanGraph BuildStack(SanWeights weights, SanLinearForm linear)
    {
        var config = weights.Config;
        var graph = new SanGraph("encoder", config, linear);
        var builder = graph.Builder;
        var ids = builder.AddInput(SanOnnxNames.InputIds, OnnxElementType.Int64, 1, "tokens");
        var (cosines, sines) = graph.RotaryTables(SanModel.MaxEncoderTokens);
        var rotary = new Rotary(builder.AddInitializer("first_position", [0L], 1), cosines, sines);
        var stream = graph.LookUp(ids, weights.Embedding);
        for (var i = 0; i < weights.Encoder.Count; i++)
        {
            stream = Layer(graph, stream, $"encoder.{i}", weights.Encoder[i], rotary);
        }

        var normed = graph.Norm(stream, "encoder.norm", weights.EncoderFinalNorm);
        builder.AddNode("Identity", [normed], [SanOnnxNames.EncoderOutput]);
        builder.AddOutput(SanOnnxNames.EncoderOutput, OnnxElementType.Float, 1, "tokens", config.HiddenSize);
        return graph;
    }

    static string Layer(SanGraph graph, string stream, string name, EncoderLayerWeights layer, Rotary rotary)
    {
        var config = graph.Config;
        var weights = layer.SelfAttention;
        var normed = graph.Norm(stream, $"{name}.norm", layer.InputNorm);
        var fused = SanDecoderGraph.QueryKeyValue(graph, normed, name, weights);
        var query = graph.QueryNorm(ByHead(graph, fused[0], config.Heads), $"{name}.q_norm", weights.QueryNorm);
        var key = graph.Norm(ByHead(graph, fused[1], config.KeyValueHeads), $"{name}.k_norm", weights.KeyNorm);
        var value = ByHead(graph, fused[2], config.KeyValueHeads);
        var mixed = graph.Attend(rotary.Turn(graph, query), graph.Transpose(rotary.Turn(graph, key), 0, 1, 3, 2), value);
        return graph.Residual(stream, mixed, $"{name}.out", weights, layer.Gate);
    }

    static void AddCross(SanGraph graph, int layer, AttentionWeights weights)
    {
        var config = graph.Config;
        var builder = graph.Builder;
        var width = config.KeyValueSize;
        var fused = graph.Linear.Multiply(graph, SanOnnxNames.EncoderOutput, $"cross.{layer}.kv", [.. weights.Key, .. weights.Value], 2 * width, config.HiddenSize);
        var parts = graph.Split(fused, width, width);
        var key = graph.Norm(graph.Heads(parts[0], config.KeyValueHeads), $"cross.{layer}.k_norm", weights.KeyNorm);
        var value = graph.Heads(parts[1], config.KeyValueHeads);
        builder.AddNode("Transpose", [key], [SanOnnxNames.CrossKey(layer)], [OnnxAttributeValue.Ints("perm", 0, 2, 3, 1)]);
        builder.AddNode("Transpose", [value], [SanOnnxNames.CrossValue(layer)], [OnnxAttributeValue.Ints("perm", 0, 2, 1, 3)]);
        builder.AddOutput(SanOnnxNames.CrossKey(layer), OnnxElementType.Float, 1, config.KeyValueHeads, config.HeadSize, "tokens");
        builder.AddOutput(SanOnnxNames.CrossValue(layer), OnnxElementType.Float, 1, config.KeyValueHeads, "tokens", config.HeadSize);
    }

    // [1, heads, tokens, head size].
    static string ByHead(SanGraph graph, string x, int heads) => graph.Transpose(graph.Heads(x, heads), 0, 2, 1, 3);

    readonly record struct Rotary(string FirstPosition, string Cosines, string Sines)
    {
        public string Turn(SanGraph graph, string heads) =>
            graph.Builder.Apply("RotaryEmbedding", [heads, FirstPosition, Cosines, Sines], domain: OnnxGraphBuilder.Microsoft);
    }
}
