using NeedleBench.Harness.Running;
using NeedleBench.Harness.Statistics;
using NeedleBench.Onnx.Runtime;

namespace NeedleBench.EndToEnd.Tests;

public sealed class MemoryTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_leaderboard_shows_a_native_and_an_onnx_model_with_the_memory_of_each()
    {
        var onnx = $"onnx:{_folder.File("nano")}";
        var hasRuntime = OnnxRuntimeLibrary.TryLoad(out _);
        var export = await NeedleBenchCommand.RunAsync("models", "export-onnx", "san:san-nano", "--out", _folder.File("nano"));
        Assert.True(export.ExitCode == 0, export.Error);

        // Without the library the native model is measured alone; an onnx: model does not open then.
        string[] models = hasRuntime ? ["--model", onnx, "--model", "san:san-nano"] : ["--model", "san:san-nano"];
        var run = await NeedleBenchCommand.RunAsync(
            ["run", .. models, "--suite", "weather", "--limit", "6", "--results", _folder.Path, "--name", "both"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("warning", run.Error, StringComparison.Ordinal);
        var infos = RunReader.ReadDescription(_folder.File("both")).Models.Where(m => !m.IsBaseline).ToDictionary(m => m.Spec);
        var measured = RunReader.Read(_folder.File("both")).Memory;
        Assert.Equal(infos.Keys.Order(), measured.Select(m => m.Model).Order());
        Assert.All(measured, m => Assert.Equal((infos[m.Model].Fingerprint, 5), (m.Fingerprint, m.Requests)));
        foreach (var model in ScoreFiles.ReadSummary(_folder.File("both")).Models.Where(m => infos.ContainsKey(m.Model)))
        {
            // At least a good part of the weights is touched, and no small model takes a gigabyte.
            Assert.InRange(model.PeakMemoryBytes!.Value, infos[model.Model].WeightBytes!.Value / 2, 1_000_000_000);
        }

        var leaderboard = File.ReadAllLines(_folder.File("both/leaderboard.md"));
        var header = Assert.Single(leaderboard, l => l.Contains("Peak memory MB", StringComparison.Ordinal) && l.StartsWith("| #", StringComparison.Ordinal));
        var rows = leaderboard.SkipWhile(l => l != header).TakeWhile(l => l.StartsWith('|')).Where(l => infos.Values.Any(i => l.Contains($" {i.Name} | {i.Precision} ", StringComparison.Ordinal))).ToList();
        Assert.Equal(infos.Count, rows.Count);
        Assert.All(rows, row => Assert.Matches(@" \d+\.\d \|$", row));
    }
}
