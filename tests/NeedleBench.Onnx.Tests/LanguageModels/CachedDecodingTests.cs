using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.Tests.LanguageModels;

public sealed class CachedDecodingTests
{
    const int Tokens = 24;

    // Weights that say something in every family, instead of an end token at once.
    const int Seed = 3;

    static readonly Dictionary<string, TinyFamily> Families = new(StringComparer.Ordinal)
    {
        ["Qwen"] = TinyFamily.Qwen,
        ["Qwen, FP16 cache and logits"] = TinyFamily.Qwen with { CacheType = OnnxElementType.Float16, LogitsType = OnnxElementType.Float16 },
        ["Qwen, head size left open"] = TinyFamily.Qwen with { HasFreeHeadSize = true },
        ["Gemma"] = TinyFamily.Gemma,
        ["Gemma, FP16 cache"] = TinyFamily.Gemma with { CacheType = OnnxElementType.Float16 },
        ["Granite"] = TinyFamily.Granite,
        ["Granite, FP16 cache and logits"] = TinyFamily.Granite with { CacheType = OnnxElementType.Float16, LogitsType = OnnxElementType.Float16 },
        ["Granite-H"] = TinyFamily.GraniteHybrid,
        ["LFM2"] = TinyFamily.Lfm,
        ["LFM2, FP16 cache"] = TinyFamily.Lfm with { CacheType = OnnxElementType.Float16 },
    };

    public static TheoryData<string> Names => [.. Families.Keys];

    [OnnxRuntimeTheory]
    [MemberData(nameof(Names))]
    public async Task Decoding_with_a_cache_is_decoding_without_one(string name)
    {
        var family = Families[name];
        using var folder = new TinyFolder(family);

        // Nothing ends the answers, so that there is something to compare.
        folder.Write("generation_config.json", new { });
        var graph = folder.WriteGraph(seed: Seed);
        using var model = folder.Open();

        var response = await model.CallAsync(TinyFolder.Request with { MaxOutputTokens = Tokens });

        var prompt = folder.Prompt();
        var expected = WithoutCache(family, graph, prompt, response.OutputIds!.Count);
        Assert.Equal(expected, response.OutputIds);
        Assert.True(expected.Distinct().Count() > 3, $"an end or the same token again and again shows nothing: {string.Join(' ', expected)}");
        Assert.Equal((prompt.Length, response.OutputIds.Count), (response.Timing.PromptTokens, response.Timing.GeneratedTokens));
    }

    [OnnxRuntimeFact]
    public async Task One_call_leaves_nothing_behind_for_the_next()
    {
        using var folder = new TinyFolder(TinyFamily.Lfm);
        folder.WriteGraph();
        using var model = folder.Open();
        var request = TinyFolder.Request with { MaxOutputTokens = Tokens };

        var first = await model.CallAsync(request);
        await model.CallAsync(new ToolCallRequest("Something else altogether", []) { MaxOutputTokens = Tokens });
        var again = await model.CallAsync(request);

        Assert.Equal(first.OutputIds, again.OutputIds);
        Assert.Equal(first.RawText, again.RawText);
    }

    /// <summary>The oracle: the whole text from its beginning for each token, through the session's plain run.</summary>
    static List<int> WithoutCache(TinyFamily family, string graph, int[] prompt, int count)
    {
        using var session = OnnxSession.Open(graph, new OnnxSessionOptions { IntraOpThreads = 1 });
        var text = prompt.Select(id => (long)id).ToList();
        while (text.Count < prompt.Length + count)
        {
            long[] places = [.. Enumerable.Range(family.FirstPosition, text.Count).Select(n => (long)n)];
            List<(string Name, OnnxValue Value)> inputs =
            [
                ("input_ids", OnnxValue.Over(text.ToArray(), 1, text.Count)),
                ("attention_mask", OnnxValue.Over(Enumerable.Repeat(1L, text.Count).ToArray(), 1, text.Count)),
            ];
            if (family.HasPositionIds)
            {
                inputs.Add(("position_ids", OnnxValue.Over(places, 1, places.Length)));
            }

            if (family.HasLogitsToKeep)
            {
                // All of them: the last is looked for here.
                inputs.Add(("num_logits_to_keep", OnnxValue.Over((long[])[0])));
            }

            foreach (var (past, _, shape) in family.Caches)
            {
                var size = (int)OnnxElements.Count(shape);
                inputs.Add((past, family.CacheType == OnnxElementType.Float16 ? OnnxValue.Over(new Half[size], shape) : OnnxValue.Over(new float[size], shape)));
            }

            using var logits = session.Run([.. inputs], ["logits"]).Single();
            inputs.ForEach(input => input.Value.Dispose());
            Assert.Equal(text.Count, logits.Shape[1]);
            float[] all = family.LogitsType == OnnxElementType.Float16
                ? [.. logits.AsSpan<Half>().ToArray().Select(half => (float)half)]
                : logits.AsSpan<float>().ToArray();
            var last = all[^TinyTokenizer.Size(family)..];
            text.Add(Array.IndexOf(last, last.Max()));
        }

        return [.. text.Skip(prompt.Length).Select(id => (int)id)];
    }
}
