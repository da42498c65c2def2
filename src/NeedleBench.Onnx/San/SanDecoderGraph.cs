using NeedleBench.Onnx.Graphs;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Model;

namespace NeedleBench.Onnx.San;

/// <summary>
/// A step of the decoder: <c>input_ids [1, s]</c>, the cache <c>past.N.key</c> and <c>past.N.value [1, kv heads, past, head size]</c>,
/// <c>seqlens_k [1]</c> and <c>total_sequence_length</c> as GroupQueryAttention reads them, and the encoder's <c>cross.N.*</c> →
/// <c>logits [1, s, vocabulary]</c> and <c>present.N.*</c>. Where past and present are one tensor with room for all positions, it is
/// written in place, and nothing is copied from step to step.
/// </summary>
static class SanDecoderGraph
{
    public static OnnxGraphBuilder Build(SanWeights weights, SanLinearForm linear)
    {
        var config = weights.Config;
        var graph = new SanGraph("decoder_step", config, linear);
        var builder = graph.Builder;
        var ids = builder.AddInput(SanOnnxNames.InputIds, OnnxElementType.Int64, 1, "tokens");
        var lengths = builder.AddInput(SanOnnxNames.SequenceLength, OnnxElementType.Int32, 1);
        var total = builder.AddInput(SanOnnxNames.TotalLength, OnnxElementType.Int32);
        for (var i = 0; i < weights.Decoder.Count; i++)
        {
            builder.AddInput(SanOnnxNames.PastKey(i), OnnxElementType.Float, 1, config.KeyValueHeads, "past", config.HeadSize);
            builder.AddInput(SanOnnxNames.PastValue(i), OnnxElementType.Float, 1, config.KeyValueHeads, "past", config.HeadSize);
            builder.AddInput(SanOnnxNames.CrossKey(i), OnnxElementType.Float, 1, config.KeyValueHeads, config.HeadSize, "prompt_tokens");
            builder.AddInput(SanOnnxNames.CrossValue(i), OnnxElementType.Float, 1, config.KeyValueHeads, "prompt_tokens", config.HeadSize);
        }

        var (cosines, sines) = graph.RotaryTables(SanModel.MaxDecoderTokens);
        var stream = graph.LookUp(ids, weights.Embedding);
        for (var i = 0; i < weights.Decoder.Count; i++)
        {
            stream = SelfAttention(graph, stream, i, weights.Decoder[i], [lengths, total, cosines, sines]);
            stream = CrossAttention(graph, stream, i, weights.Decoder[i]);
        }

        var normed = graph.Norm(stream, "decoder.norm", weights.DecoderFinalNorm);
        builder.AddNode("Identity", [linear.OutputLayer(graph, normed, weights.Embedding)], [SanOnnxNames.Logits]);
        builder.AddOutput(SanOnnxNames.Logits, OnnxElementType.Float, 1, "tokens", config.VocabularySize);
        for (var i = 0; i < weights.Decoder.Count; i++)
        {
            builder.AddOutput(SanOnnxNames.PresentKey(i), OnnxElementType.Float, 1, config.KeyValueHeads, "present", config.HeadSize);
            builder.AddOutput(SanOnnxNames.PresentValue(i), OnnxElementType.Float, 1, config.KeyValueHeads, "present", config.HeadSize);
        }

        return builder;
    }

    /// <summary>Query, key and value of self-attention by one product.</summary>
    public static string[] QueryKeyValue(SanGraph graph, string normed, string name, AttentionWeights weights)
    {
        var config = graph.Config;
        var queryWidth = config.Heads * config.HeadSize;
        var fused = graph.Linear.Multiply(
            graph, normed, $"{name}.qkv", [.. weights.Query, .. weights.Key, .. weights.Value], queryWidth + (2 * config.KeyValueSize), config.HiddenSize);
        return graph.Split(fused, queryWidth, config.KeyValueSize, config.KeyValueSize);
    }

    static string SelfAttention(SanGraph graph, string stream, int index, DecoderLayerWeights layer, string[] shared)
    {
        var config = graph.Config;
        var name = $"decoder.{index}.self";
        var weights = layer.SelfAttention;
        var normed = graph.Norm(stream, $"{name}.norm", layer.SelfNorm);
        var fused = QueryKeyValue(graph, normed, name, weights);
        var query = graph.QueryNorm(graph.Heads(fused[0], config.Heads), $"{name}.q_norm", weights.QueryNorm);
        var key = graph.Norm(graph.Heads(fused[1], config.KeyValueHeads), $"{name}.k_norm", weights.KeyNorm);
        var mixed = $"{name}.mixed";
        graph.Builder.AddNode(
            "GroupQueryAttention",
            [
                graph.Reshape(query, 0, 0, config.Heads * config.HeadSize), graph.Reshape(key, 0, 0, config.KeyValueSize), fused[2],
                SanOnnxNames.PastKey(index), SanOnnxNames.PastValue(index), .. shared,
            ],
            [mixed, SanOnnxNames.PresentKey(index), SanOnnxNames.PresentValue(index)],
            [
                OnnxAttributeValue.Int("num_heads", config.Heads),
                OnnxAttributeValue.Int("kv_num_heads", config.KeyValueHeads),
                OnnxAttributeValue.Int("do_rotary", 1),
                OnnxAttributeValue.Float("scale", 1f),
            ],
            OnnxGraphBuilder.Microsoft);
        return graph.Residual(stream, mixed, $"{name}.out", weights, layer.SelfGate);
    }

    static string CrossAttention(SanGraph graph, string stream, int index, DecoderLayerWeights layer)
    {
        var config = graph.Config;
        var name = $"decoder.{index}.cross";
        var weights = layer.CrossAttention;
        var normed = graph.Norm(stream, $"{name}.norm", layer.CrossNorm);
        var product = graph.Linear.Multiply(graph, normed, $"{name}.q", weights.Query, config.Heads * config.HeadSize, config.HiddenSize);
        var query = graph.QueryNorm(graph.Heads(product, config.Heads), $"{name}.q_norm", weights.QueryNorm);
        var mixed = graph.Attend(graph.Transpose(query, 0, 2, 1, 3), SanOnnxNames.CrossKey(index), SanOnnxNames.CrossValue(index));
        return graph.Residual(stream, mixed, $"{name}.out", weights, layer.CrossGate);
    }
}
