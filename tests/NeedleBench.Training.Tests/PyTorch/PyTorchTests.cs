using System.Diagnostics;
using System.Text.Json;
using NeedleBench.San;
using NeedleBench.San.Checkpoints;
using NeedleBench.Training.Recipes;
using NeedleBench.Training.Shards;
using NeedleBench.Training.Tests.Shards;
using NeedleBench.Training.Tests.Synthesis;

namespace NeedleBench.Training.Tests.PyTorch;

public class PyTorchTests
{
    // The maths, the optimisers, batches and resuming are asserted by test_san.py; here it gets an export of ours, and what it
    // trained on it is opened.
    [PyTorchFact]
    public void The_recipe_passes_its_own_tests_reads_our_shards_and_trains_a_checkpoint_that_opens()
    {
        using var folder = new TemporaryFolder();
        new ShardExport(ExportRecipe.Create(), TestCorpus.Repository, new ShardExportOptions { Examples = 50, ShardSize = 20 })
            .Run(folder.File("shards"), ExportRecipe.Tokenizer, null, default);
        File.WriteAllText(folder.File("expected.json"), JsonSerializer.Serialize(Expected(folder.File("shards"))));

        var (code, output) = Run(
            RepositoryFiles.InRepository("src/NeedleBench.Training/PyTorch/test_san.py"),
            "--shards", folder.File("shards"), "--expected", folder.File("expected.json"), "--out", folder.File("out"));

        Assert.True(code == 0, output);
        Assert.Contains("passed: test_the_export_is_read_as_csharp_reads_it", output, StringComparison.Ordinal);
        var opened = SanModelSource.Open(folder.File("out"));
        Assert.Equal(ExportRecipe.Create().Config, opened.Weights.Config);
        Assert.NotNull(opened.Weights.Retrieval);
        Assert.Empty(opened.Weights.UnknownTensors);
        Assert.Equal(File.ReadAllBytes(ExportRecipe.Tokenizer), File.ReadAllBytes(folder.File("out/tokenizer.model")));
        using var file = SafetensorsFile.Open(folder.File("out/model.safetensors"));
        Assert.All(file.Tensors.Values, t => Assert.Equal("BF16", t.Dtype));
        Assert.Contains(SanTensorNames.OutputLayer, file.Tensors.Keys);

        // The log is one of ours, too.
        Assert.Equal(Enumerable.Range(0, 12), TrainingLog.Read(folder.File("out/log.jsonl")).Steps.Select(s => s.Step));
    }

    static List<object?> Expected(string folder) =>
    [
        .. Enumerable.Range(0, 3).SelectMany(i => ShardFile.Read(Path.Combine(folder, $"shard-0000{i}.bin")).Examples).Select(e => e is null ? null : (object)new
        {
            encoder = e.Encoder,
            decoder = e.DecoderInput,
            targets = e.Targets,
            weights = e.Weights,
            query = e.Pair?.Query ?? [],
            tool = e.Pair?.Tool ?? [],
        }),
    ];

    static (int Code, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(PyTorchFactAttribute.Python!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
