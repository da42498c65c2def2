using NeedleBench.Onnx.San;
using NeedleBench.San;

namespace NeedleBench.Onnx.Tests.San;

/// <summary>Exported graphs against the native runtime: two implementations of one network.</summary>
public class SanOnnxParityTests
{
    const float Tolerance = 1e-3f;

    [OnnxRuntimeFact]
    public async Task Fp32_graphs_give_san_nanos_logits_within_a_thousandth_and_its_tokens()
    {
        using var exported = new ExportedSan(NativeSan.Nano);
        using var native = NativeSan.Open(NativeSan.Nano.Weights);
        using var onnx = exported.Open();

        await AssertSame(native, onnx, SuiteRequests.Take(3));
        Assert.Equal("fp32", onnx.Info.Precision);
        Assert.Equal(native.Info.Parameters, onnx.Info.Parameters);
    }

    [OnnxRuntimeFact]
    public async Task Int8_weights_are_the_numbers_of_the_repositorys_own_quantisation() =>
        await AssertRounded(SanOnnxPrecision.Int8, int4: false);

    [OnnxRuntimeFact]
    public async Task Int4_weights_are_the_numbers_of_the_repositorys_own_quantisation() =>
        await AssertRounded(SanOnnxPrecision.Int4, int4: true);

    [OnnxRuntimeFact]
    public async Task Rounded_activations_change_logits_little_beside_what_they_range_over()
    {
        using var int8 = new ExportedSan(NativeSan.Nano, new SanOnnxExportOptions { Precision = SanOnnxPrecision.Int8 });
        using var dynamic = new ExportedSan(NativeSan.Nano, new SanOnnxExportOptions { Precision = SanOnnxPrecision.Int8Dynamic });
        using var native = NativeSan.Open(NativeSan.Nano.Weights);
        foreach (var folder in new[] { int8, dynamic })
        {
            using var onnx = folder.Open();
            foreach (var request in SuiteRequests.Take(1))
            {
                var expected = (await TracedAnswer.AskAsync(native, request)).Logits[0];
                var given = (await TracedAnswer.AskAsync(onnx, request)).Logits[0];
                var range = expected.Max() - expected.Min();
                Assert.All(expected.Zip(given), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, range * 0.05f));
            }
        }
    }

    [OnnxRuntimeFact]
    public void Several_tokens_in_one_pass_give_the_logits_of_one_after_the_other()
    {
        var weights = NativeSan.Tiny(retrieval: false);
        using var exported = new ExportedSan(weights, NativeSan.Nano.TokenizerFile);
        using var backend = new OnnxSanBackend(SanOnnxSessions.Open(exported.Folder, 1), weights.Config);
        backend.Prefill([7, 8, 9, 10]);
        backend.Advance([1]);
        backend.Advance([4]);
        backend.Advance([20]);
        var single = backend.Advance([21]).ToArray();

        backend.Prefill([7, 8, 9, 10]);
        backend.Advance([1]);
        var together = backend.Advance([4, 20, 21]);

        Assert.Equal(weights.Config.VocabularySize, together.Length);
        for (var i = 0; i < single.Length; i++)
        {
            Assert.Equal(single[i], together[i], 1e-4f);
        }
    }

    [OnnxRuntimeFact]
    public void The_retrieval_head_ranks_tools_as_the_native_runtime_does()
    {
        var source = SanModelSource.Open("san-mini");
        Assert.NotNull(source.Weights.Retrieval);
        using var exported = new ExportedSan(source);
        using var native = (SanToolCallingModel)new SanModelProvider().OpenAsync(ModelSpec.Parse("san:san-mini")).AsTask().GetAwaiter().GetResult();
        using var onnx = exported.Open("?retrieve=2");
        var requests = SuiteRequests.Take(1);
        ToolDefinition[] tools = [.. requests.SelectMany(request => request.Tools).DistinctBy(tool => tool.Name)];

        Assert.True(onnx.CanRankTools);
        Assert.All(requests, request => Assert.Equal(native.RankTools(request.Query, tools), onnx.RankTools(request.Query, tools)));
    }

    [OnnxRuntimeFact]
    public async Task The_communitys_form_gives_the_native_logits_and_tokens()
    {
        var weights = NativeSan.Tiny(retrieval: false);
        using var folder = new TemporaryFolder();
        CommunityExport.Write(weights, NativeSan.Nano.TokenizerFile, folder.File("needle-onnx"));
        using var native = NativeSan.Open(weights);
        using var onnx = ExportedSan.OpenFolder(folder.File("needle-onnx"));

        await AssertSame(native, onnx, [.. SuiteRequests.Take(1).Select(request => request with { MaxOutputTokens = 24 })]);
        Assert.False(onnx.CanRankTools);
    }

    static async Task AssertRounded(SanOnnxPrecision precision, bool int4)
    {
        using var exported = new ExportedSan(NativeSan.Nano, new SanOnnxExportOptions { Precision = precision, Int8Activations = false });
        using var native = NativeSan.Open(NativeSan.Rounded(NativeSan.Nano.Weights, int4));
        using var onnx = exported.Open();
        await AssertSame(native, onnx, SuiteRequests.Take(1));
    }

    static async Task AssertSame(SanToolCallingModel native, SanToolCallingModel onnx, IReadOnlyList<ToolCallRequest> requests)
    {
        Assert.True(requests.Count >= 12);
        foreach (var request in requests)
        {
            var expected = await TracedAnswer.AskAsync(native, request);
            var given = await TracedAnswer.AskAsync(onnx, request);
            Assert.InRange(given.LargestDifference(expected), 0, Tolerance);
            Assert.Equal(expected.Response.OutputIds, given.Response.OutputIds);
            Assert.Equal(expected.Response.RawText, given.Response.RawText);
        }
    }
}
