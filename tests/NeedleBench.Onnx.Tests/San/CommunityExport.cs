using NeedleBench.Onnx.Graphs;
using NeedleBench.Onnx.San;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Model;

namespace NeedleBench.Onnx.Tests.San;

/// <summary>
/// Graphs in the form of the community's export of Needle: encoder.onnx (input_ids [b, t] → encoder_out [b, t, d]) and
/// decoder_step.onnx (decoder_input_ids [b, 1], encoder_out, past_self_kv [layers, 2, b, kv heads, past, head size] → logits, and
/// the cache with one more position), needle.model, no config.json. Batch is 1 in the arithmetic.
/// </summary>
static class CommunityExport
{
    public static void Write(SanWeights weights, ReadOnlyMemory<byte> tokenizer, string folder)
    {
        Directory.CreateDirectory(folder);
        var linear = SanLinearForm.Of(new SanOnnxExportOptions());
        SanEncoderGraph.BuildStack(weights, linear).Builder.Save(Path.Combine(folder, "encoder.onnx"));
        Decoder(weights, linear).Save(Path.Combine(folder, "decoder_step.onnx"));
        File.WriteAllBytes(Path.Combine(folder, "needle.model"), tokenizer.ToArray());
        File.WriteAllText(Path.Combine(folder, "tokenizer-specials.json"), "{}");
    }

    static OnnxGraphBuilder Decoder(SanWeights weights, SanLinearForm linear)
    {
        var config = weights.Config;
        var graph = new SanGraph("decoder_step", config, linear);
        var builder = graph.Builder;
        var ids = builder.AddInput("decoder_input_ids", OnnxElementType.Int64, "batch", 1);
        var encoded = builder.AddInput("encoder_out", OnnxElementType.Float, "batch", "tokens", config.HiddenSize);
        var past = builder.AddInput(
            "past_self_kv", OnnxElementType.Float, config.DecoderLayers, 2, "batch", config.KeyValueHeads, "past", config.HeadSize);
        var (cosines, sines) = graph.RotaryTables(SanModel.MaxDecoderTokens);
        string[] rotary = [Pick(builder, builder.Apply("Shape", [past]), builder.AddInitializer("past_axis", [4L], 1)), cosines, sines];
        var batchAxes = builder.AddInitializer("layer_and_part", [0L, 1L], 2);
        var numbers = Enumerable.Range(0, Math.Max(2, config.DecoderLayers)).Select(i => builder.AddInitializer($"index_{i}", [(long)i])).ToArray();
        var stream = graph.LookUp(ids, weights.Embedding);
        var caches = new List<string>();
        for (var i = 0; i < weights.Decoder.Count; i++)
        {
            var layer = weights.Decoder[i];
            var self = layer.SelfAttention;
            var fused = SanDecoderGraph.QueryKeyValue(graph, graph.Norm(stream, $"self_norm_{i}", layer.SelfNorm), $"self_{i}", self);
            var query = Turn(graph, graph.QueryNorm(ByHead(graph, fused[0], config.Heads), $"self_q_{i}", self.QueryNorm), rotary);
            var key = Turn(graph, graph.Norm(ByHead(graph, fused[1], config.KeyValueHeads), $"self_k_{i}", self.KeyNorm), rotary);
            var own = Pick(builder, past, numbers[i]);
            var keys = Join(builder, 2, Pick(builder, own, numbers[0]), key);
            var values = Join(builder, 2, Pick(builder, own, numbers[1]), ByHead(graph, fused[2], config.KeyValueHeads));
            caches.Add(Join(builder, 1, builder.Apply("Unsqueeze", [keys, batchAxes]), builder.Apply("Unsqueeze", [values, batchAxes])));
            stream = graph.Residual(stream, graph.Attend(query, graph.Transpose(keys, 0, 1, 3, 2), values), $"self_out_{i}", self, layer.SelfGate);
            stream = Cross(graph, stream, encoded, layer, i);
        }

        var normed = graph.Norm(stream, "final_norm", weights.DecoderFinalNorm);
        builder.AddNode("Identity", [linear.OutputLayer(graph, normed, weights.Embedding)], ["logits"]);
        builder.AddNode("Concat", caches.ToArray(), ["present_self_kv"], [OnnxAttributeValue.Int("axis", 0)]);
        builder.AddOutput("logits", OnnxElementType.Float, "batch", 1, config.VocabularySize);
        builder.AddOutput(
            "present_self_kv", OnnxElementType.Float, config.DecoderLayers, 2, "batch", config.KeyValueHeads, "present", config.HeadSize);
        return builder;
    }

    static string Cross(SanGraph graph, string stream, string encoded, DecoderLayerWeights layer, int i)
    {
        var config = graph.Config;
        var weights = layer.CrossAttention;
        var normed = graph.Norm(stream, $"cross_norm_{i}", layer.CrossNorm);
        var query = graph.Linear.Multiply(graph, normed, $"cross_q_{i}", weights.Query, config.HiddenSize, config.HiddenSize);
        var key = graph.Linear.Multiply(graph, encoded, $"cross_k_{i}", weights.Key, config.KeyValueSize, config.HiddenSize);
        var value = graph.Linear.Multiply(graph, encoded, $"cross_v_{i}", weights.Value, config.KeyValueSize, config.HiddenSize);
        var mixed = graph.Attend(
            graph.QueryNorm(ByHead(graph, query, config.Heads), $"cross_q_norm_{i}", weights.QueryNorm),
            graph.Transpose(graph.Norm(ByHead(graph, key, config.KeyValueHeads), $"cross_k_norm_{i}", weights.KeyNorm), 0, 1, 3, 2),
            ByHead(graph, value, config.KeyValueHeads));
        return graph.Residual(stream, mixed, $"cross_out_{i}", weights, layer.CrossGate);
    }

    static string ByHead(SanGraph graph, string x, int heads) => graph.Transpose(graph.Heads(x, heads), 0, 2, 1, 3);

    static string Turn(SanGraph graph, string x, string[] rotary) =>
        graph.Builder.Apply("RotaryEmbedding", [x, .. rotary], domain: OnnxGraphBuilder.Microsoft);

    static string Pick(OnnxGraphBuilder builder, string x, string index) => builder.Apply("Gather", [x, index], [OnnxAttributeValue.Int("axis", 0)]);

    static string Join(OnnxGraphBuilder builder, int axis, params string[] parts) => builder.Apply("Concat", parts, [OnnxAttributeValue.Int("axis", axis)]);
}
