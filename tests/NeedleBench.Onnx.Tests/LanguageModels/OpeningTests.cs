using System.Text.Json.Nodes;
using NeedleBench.Onnx.Graphs;
using NeedleBench.Onnx.LanguageModels;

namespace NeedleBench.Onnx.Tests.LanguageModels;

public sealed class OpeningTests
{
    [OnnxRuntimeFact]
    public async Task Weights_in_an_external_file_are_read_weighed_and_part_of_the_fingerprint()
    {
        using var inside = new TinyFolder(TinyFamily.Qwen);
        using var outside = new TinyFolder(TinyFamily.Qwen);
        using var others = new TinyFolder(TinyFamily.Qwen);
        inside.WriteGraph();
        outside.WriteGraph(externalData: "model.onnx_data");
        others.WriteGraph(externalData: "model.onnx_data", seed: 2);
        using var a = inside.Open();
        using var b = outside.Open();
        using var c = others.Open();

        var request = TinyFolder.Request with { MaxOutputTokens = 8 };
        Assert.Equal((await a.CallAsync(request)).OutputIds, (await b.CallAsync(request)).OutputIds);
        Assert.Equal(a.Info.WeightBytes, b.Info.WeightBytes);

        // By hand, of 32-bit floats: embedding and head, 2 layers of q, k, v, o, head norms, feed-forward and norms, the last norm;
        // then what is no weight but a constant all the same: 4 rotary frequencies.
        var vocabulary = TinyTokenizer.Size(TinyFamily.Qwen);
        var layer = (16 * 32) + (2 * 16 * 16) + (32 * 16) + (2 * 8) + (2 * 16 * 24) + (2 * 16);
        var weights = (2 * 16 * vocabulary) + (2 * layer) + 16 + 4;
        Assert.InRange(b.Info.Parameters!.Value, weights, weights + 40);
        Assert.InRange(b.Info.WeightBytes!.Value, 4 * weights, (4 * weights) + 2000);
        Assert.Equal("fp32", b.Info.Precision);
        Assert.NotEqual(b.Info.Fingerprint, c.Info.Fingerprint);
    }

    [OnnxRuntimeFact]
    public void Precision_chooses_among_several_graphs()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        folder.WriteGraph();
        folder.WriteGraph("model_q4f16.onnx");
        folder.WriteGraph("model_quantized.onnx");

        var error = Assert.Throws<InputException>(() => folder.Open(""));
        Assert.Contains("fp32, q4f16, quantized", error.Message, StringComparison.Ordinal);
        Assert.Contains("precision=", error.Mend, StringComparison.Ordinal);
        Assert.Contains("fp32, q4f16, quantized", Assert.Throws<InputException>(() => folder.Open("precision=int8")).Mend, StringComparison.Ordinal);
        using var chosen = folder.Open("precision=q4f16");
        Assert.Equal("q4f16", chosen.Info.Precision);
        using var plain = folder.Open("precision=fp32");
        Assert.Equal("fp32", plain.Info.Precision);
    }

    [OnnxRuntimeFact]
    public void A_single_graph_is_taken_from_the_folder_itself_too()
    {
        using var folder = new TinyFolder(TinyFamily.Granite);
        File.Move(folder.WriteGraph("model_q4.onnx"), folder.InFolder("model_q4.onnx"));
        Assert.True(OnnxLanguageModel.CanOpen(folder.Path));
        using var model = folder.Open();
        Assert.Equal("q4", model.Info.Precision);
        Assert.Equal("onnx:tiny?threads=1", model.Info.Spec);
    }

    [Fact]
    public void A_folder_without_a_graph_is_refused()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        Assert.False(OnnxLanguageModel.CanOpen(folder.Path));
        Assert.False(OnnxLanguageModel.CanOpen(folder.InFolder("absent")));
        Assert.Equal(folder.Path, Assert.Throws<InputException>(() => folder.Open()).File);
        var absent = folder.InFolder("absent");
        Assert.Equal(absent, Assert.Throws<InputException>(() => OnnxLanguageModel.Open(absent, ModelSpec.Parse("onnx:x"))).File);
    }

    [OnnxRuntimeFact]
    public void A_missing_or_broken_tokenizer_is_refused()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        folder.WriteGraph();
        File.WriteAllText(folder.InFolder("tokenizer.json"), "{");
        Assert.Contains("tokenizer", Assert.Throws<InputException>(() => folder.Open()).Message, StringComparison.Ordinal);
        File.Delete(folder.InFolder("tokenizer.json"));
        Assert.Contains("no tokenizer", Assert.Throws<InputException>(() => folder.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_or_cut_off_external_data_is_refused()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        folder.WriteGraph(externalData: "model.onnx_data");
        var data = folder.InFolder("onnx/model.onnx_data");
        using (var stream = File.OpenWrite(data))
        {
            stream.SetLength(stream.Length - 1);
        }

        var cut = Assert.Throws<InputException>(() => folder.Open());
        Assert.Equal(data, cut.File);
        Assert.Contains("cut off", cut.Message, StringComparison.Ordinal);
        File.Delete(data);
        var missing = Assert.Throws<InputException>(() => folder.Open());
        Assert.Equal(data, missing.File);
        Assert.Contains("model.onnx keeps in this file", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        var graph = folder.WriteGraph();
        var bytes = File.ReadAllBytes(graph);
        foreach (var content in (byte[][])[[], "not a model"u8.ToArray(), bytes[..(bytes.Length / 2)]])
        {
            File.WriteAllBytes(graph, content);
            Assert.Equal(graph, Assert.Throws<InputException>(() => folder.Open()).File);
        }
    }

    [OnnxRuntimeFact]
    public void Inputs_that_no_decoder_has_are_refused_by_name()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        var graph = TinyDecoder.Build(TinyFamily.Qwen, TinyTokenizer.Size(TinyFamily.Qwen));
        graph.AddInput("encoder_hidden_states", OnnxElementType.Float, "batch", "length", 16);
        graph.Save(folder.InFolder("onnx/model.onnx"));
        var error = Assert.Throws<InputException>(() => folder.Open());
        Assert.Contains("encoder_hidden_states Float[batch,length,16]", error.Message, StringComparison.Ordinal);
        Assert.Equal(folder.InFolder("onnx/model.onnx"), error.File);
    }

    [OnnxRuntimeFact]
    public void A_graph_without_a_cache_is_refused()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        var graph = new OnnxGraphBuilder("bare");
        var ids = graph.AddInput("input_ids", OnnxElementType.Int64, "batch", "length");
        graph.AddNode("Cast", [ids], ["logits"], [OnnxAttributeValue.Int("to", (long)OnnxElementType.Float)]);
        graph.AddOutput("logits", OnnxElementType.Float, "batch", "length");
        graph.Save(folder.InFolder("onnx/model.onnx"));
        Assert.Contains("no cache", Assert.Throws<InputException>(() => folder.Open()).Message, StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void A_tokenizer_with_more_tokens_than_the_graph_has_logits_is_refused()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        var graph = folder.WriteGraph(logits: 250);
        var error = Assert.Throws<InputException>(() => folder.Open());
        Assert.Contains("250 logits", error.Message, StringComparison.Ordinal);
        Assert.Equal(graph, error.File);
    }

    [OnnxRuntimeFact]
    public void Special_tokens_beyond_the_logits_and_logits_beyond_the_tokens_are_as_makers_have_them()
    {
        // Gemma's tokenizer has one token more, for images; Qwen's logits are padded.
        using var folder = new TinyFolder(TinyFamily.Gemma);
        folder.WriteGraph(logits: TinyTokenizer.Size(TinyFamily.Gemma) - 1);
        folder.Open().Dispose();
        folder.WriteGraph(logits: TinyTokenizer.Size(TinyFamily.Gemma) + 50);
        folder.Open().Dispose();
    }

    [OnnxRuntimeFact]
    public void An_end_token_that_there_is_not_is_refused()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        folder.WriteGraph(logits: 5000);
        folder.Write("generation_config.json", new { eos_token_id = new[] { 4000 } });
        Assert.Contains("4000", Assert.Throws<InputException>(() => folder.Open()).Message, StringComparison.Ordinal);
        folder.Write("generation_config.json", new { eos_token_id = "im_end" });
        Assert.Equal(folder.InFolder("generation_config.json"), Assert.Throws<InputException>(() => folder.Open()).File);
    }

    [Fact]
    public void Broken_config_files_are_refused()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        folder.WriteGraph();
        File.WriteAllText(folder.InFolder("config.json"), "{\n\"model_type\": }");
        var broken = Assert.Throws<InputException>(() => folder.Open());
        Assert.Equal((folder.InFolder("config.json"), 2), (broken.File, broken.Line));
        File.Delete(folder.InFolder("config.json"));
        Assert.Equal(folder.InFolder("config.json"), Assert.Throws<InputException>(() => folder.Open()).File);
    }

    [Fact]
    public void A_model_type_without_a_dialect_lists_the_dialects()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        folder.WriteGraph();
        folder.WriteConfig(100, "phi3");
        var error = Assert.Throws<InputException>(() => folder.Open());
        Assert.Contains("'phi3'", error.Message, StringComparison.Ordinal);
        Assert.Contains("functiongemma, hermes, granite, lfm2, lfm2.5, json", error.Mend, StringComparison.Ordinal);
        Assert.Contains("'klingon'", Assert.Throws<InputException>(() => folder.Open("dialect=klingon")).Message, StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void Lfm_dialects_are_told_apart_by_template_and_then_by_name()
    {
        using var folder = new TinyFolder(TinyFamily.Lfm);
        folder.WriteGraph();
        var old = Fingerprint("");
        Assert.Equal(Fingerprint("dialect=lfm2"), old);

        folder.Write("tokenizer_config.json", new { chat_template = "List of tools: [" });
        Assert.Equal(Fingerprint("dialect=lfm2.5"), Fingerprint(""));
        Assert.NotEqual(old, Fingerprint(""));

        folder.Write("tokenizer_config.json", new { });
        Assert.Throws<InputException>(() => folder.Open());
        var config = JsonNode.Parse(File.ReadAllText(folder.InFolder("config.json")))!;
        config["_name_or_path"] = "LiquidAI/LFM2-350M";
        folder.Write("config.json", config);
        Assert.Equal(old, Fingerprint(""));

        string Fingerprint(string options)
        {
            using var model = folder.Open(options);
            return model.CallAsync(TinyFolder.Request with { MaxOutputTokens = 1 }).AsTask().Result.DialectFingerprint!;
        }
    }

    [OnnxRuntimeFact]
    public void What_answers_otherwise_has_another_name_and_another_fingerprint()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        folder.WriteGraph();
        var infos = new[] { "", "dialect=json", "variant=bfcl", "max_tokens=9" }.Select(Info).ToList();
        Assert.Equal(4, infos.Select(i => i.Fingerprint).Distinct().Count());
        Assert.EndsWith(", dialect=json", infos[1].Name, StringComparison.Ordinal);
        Assert.EndsWith(", variant=bfcl", infos[2].Name, StringComparison.Ordinal);
        Assert.Equal(infos[0].Fingerprint, Info("threads=1&spinning=false").Fingerprint);

        ModelInfo Info(string options)
        {
            using var model = folder.Open(options);
            return model.Info;
        }
    }

    [Fact]
    public void Unknown_options_are_refused()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        Assert.Contains("'thread'", Assert.Throws<InputException>(() => folder.Open("thread=1")).Message, StringComparison.Ordinal);
        Assert.Contains("fast", Assert.Throws<InputException>(() => folder.Open("optimization=fast")).Message, StringComparison.Ordinal);
    }
}
