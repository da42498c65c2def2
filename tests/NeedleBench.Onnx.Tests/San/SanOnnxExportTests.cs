using System.Text;
using NeedleBench.Onnx.Runtime;
using NeedleBench.Onnx.San;
using NeedleBench.Onnx.Tests.Graphs;
using NeedleBench.San.Checkpoints;

namespace NeedleBench.Onnx.Tests.San;

public class SanOnnxExportTests
{
    [OnnxCheckerFact]
    public void The_onnx_checker_passes_the_graphs_of_every_precision()
    {
        foreach (var precision in Enum.GetValues<SanOnnxPrecision>())
        {
            using var exported = new ExportedSan(NativeSan.Tiny(retrieval: true), NativeSan.Nano.TokenizerFile, new SanOnnxExportOptions { Precision = precision });
            foreach (var graph in Directory.GetFiles(exported.Folder, "*.onnx"))
            {
                Assert.Null(OnnxCheckerFactAttribute.Python("import sys, onnx; onnx.checker.check_model(sys.argv[1], full_check=True)", graph));
            }
        }
    }

    [OnnxRuntimeFact]
    public void ONNX_Runtime_fuses_every_norm_into_one_operator()
    {
        using var exported = new ExportedSan(NativeSan.Tiny(retrieval: false), NativeSan.Nano.TokenizerFile);
        using var folder = new TemporaryFolder();
        foreach (var graph in new[] { "encoder.onnx", "decoder_step.onnx" })
        {
            var optimised = folder.File(graph);
            OnnxSession.Open(Path.Combine(exported.Folder, graph), new OnnxSessionOptions { OptimizedModelFile = optimised }).Dispose();
            var text = Encoding.Latin1.GetString(File.ReadAllBytes(optimised));
            Assert.Contains("SimplifiedLayerNormalization", text, StringComparison.Ordinal);
            Assert.DoesNotContain("ReduceMean", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_holds_graphs_config_and_tokenizer_and_a_retrieval_graph_where_there_is_a_head()
    {
        using var with = new ExportedSan(NativeSan.Tiny(retrieval: true), NativeSan.Nano.TokenizerFile);
        using var without = new ExportedSan(NativeSan.Tiny(retrieval: false), NativeSan.Nano.TokenizerFile);

        string[] files = ["config.json", "decoder_step.onnx", "encoder.onnx", "tokenizer.model"];
        Assert.Equal(files, Names(without.Folder));
        Assert.Equal([.. files[..3], "retrieval.onnx", files[3]], Names(with.Folder));
        Assert.Equal(NativeSan.Tiny(retrieval: true).Config, SanConfig.Read(Path.Combine(with.Folder, "config.json")));
        Assert.Equal(NativeSan.Nano.TokenizerFile.ToArray(), File.ReadAllBytes(Path.Combine(with.Folder, "tokenizer.model")));
    }

    [Fact]
    public void The_same_checkpoint_gives_the_same_bytes()
    {
        using var first = new ExportedSan(NativeSan.Tiny(retrieval: true), NativeSan.Nano.TokenizerFile);
        using var second = new ExportedSan(NativeSan.Tiny(retrieval: true), NativeSan.Nano.TokenizerFile);

        Assert.All(Names(first.Folder), name =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(first.Folder, name)), File.ReadAllBytes(Path.Combine(second.Folder, name))));
    }

    [Fact]
    public void Refuses_a_folder_that_holds_something_and_leaves_it_alone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("mine.txt"), "mine");

        var error = Assert.Throws<InputException>(() =>
            SanOnnxExport.Write(NativeSan.Tiny(retrieval: false), NativeSan.Nano.TokenizerFile, new SanOnnxExportOptions(), folder.Path));

        Assert.Contains("not empty", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder.File("mine.txt")));
    }

    [Theory]
    [InlineData("fp32", SanOnnxPrecision.Fp32)]
    [InlineData("int8", SanOnnxPrecision.Int8)]
    [InlineData("int4", SanOnnxPrecision.Int4)]
    [InlineData("int8-dynamic", SanOnnxPrecision.Int8Dynamic)]
    public void Precisions_have_names(string name, SanOnnxPrecision precision) => Assert.Equal(precision, SanOnnxExportOptions.ParsePrecision(name));

    [Fact]
    public void An_unknown_precision_is_answered_with_those_there_are() =>
        Assert.Contains("int8-dynamic", Assert.Throws<InputException>(() => SanOnnxExportOptions.ParsePrecision("int3")).Message, StringComparison.Ordinal);

    static string[] Names(string folder) => [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
