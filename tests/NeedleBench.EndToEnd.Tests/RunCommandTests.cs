using System.Diagnostics;
using NeedleBench.Harness.Running;

namespace NeedleBench.EndToEnd.Tests;

public sealed class RunCommandTests : IDisposable
{
    static readonly string[] Files = ["run.json", "predictions.jsonl", "memory.jsonl", "scores.jsonl", "summary.json", "leaderboard.md"];

    readonly TemporaryFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public async Task A_run_leaves_its_six_files_and_scoring_again_gives_the_same_bytes_without_a_model()
    {
        var run = await NeedleBenchCommand.RunAsync("run", "--limit", "4", "--results", _results.Path, "--name", "first");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("san-mini", run.Output, StringComparison.Ordinal);
        var folder = _results.File("first");
        Assert.Equal(Files.Order(), Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Order());
        var before = Files.Select(f => File.ReadAllText(Path.Combine(folder, f))).ToList();
        foreach (var derived in Files[3..])
        {
            File.Delete(Path.Combine(folder, derived));
        }

        var score = await NeedleBenchCommand.RunAsync("score", folder);

        Assert.True(score.ExitCode == 0, score.Error);
        Assert.Equal(before, Files.Select(f => File.ReadAllText(Path.Combine(folder, f))));
    }

    [Fact]
    public async Task Two_runs_of_the_same_plan_answer_alike()
    {
        foreach (var name in new[] { "a", "b" })
        {
            var run = await NeedleBenchCommand.RunAsync("run", "--suite", "smart_home", "--limit", "10", "--results", _results.Path, "--name", name);
            Assert.True(run.ExitCode == 0, run.Error);
        }

        Assert.Equal(Texts("a"), Texts("b"));

        IEnumerable<string> Texts(string name) => RunReader.Read(_results.File(name)).Predictions.Select(p => $"{p.Case} {p.Text}");
    }

    [PosixFact]
    public async Task An_interrupt_ends_between_two_items_with_130_and_the_run_can_be_resumed()
    {
        string[] args = ["run", "--no-baselines", "--repeat", "40", "--results", _results.Path, "--name", "stopped"];
        using (var process = NeedleBenchCommand.Start(args))
        {
            _ = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await PredictionFile.WaitForLinesAsync(_results.File("stopped/predictions.jsonl"), 20, process);

            // Ctrl-C sends SIGINT to the same handler; but a gate that runs in the background may have it ignored for all below it.
            using (Process.Start("kill", ["-TERM", $"{process.Id}"]))
            {
            }

            await NeedleBenchCommand.WaitAsync(process);
            Assert.Equal(130, process.ExitCode);
            Assert.Contains("--resume", await error, StringComparison.Ordinal);
        }

        var read = RunReader.Read(_results.File("stopped"));
        Assert.Null(read.Description.FinishedAt);
        Assert.InRange(read.Predictions.Count, 20, 35_999);
        Assert.EndsWith("}\n", File.ReadAllText(_results.File("stopped/predictions.jsonl")), StringComparison.Ordinal);
    }
}
