using NeedleBench.Harness.Running;
using NeedleBench.Harness.Suites;

namespace NeedleBench.EndToEnd.Tests;

public sealed class KillAndResumeTests : IDisposable
{
    const int Kills = 20;

    readonly TemporaryFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public async Task Killed_at_20_random_moments_and_resumed_a_run_holds_each_planned_item_exactly_once()
    {
        string[] args =
        [
            "run", "--model", "san:san-nano", "--no-baselines", "--suite", "timers_alarms", "--suite", "messaging", "--repeat", "10",
            "--results", _results.Path, "--name", "killed", "--resume",
        ];
        var file = _results.File("killed/predictions.jsonl");
        var random = new Random(20261121);
        for (var kill = 0; kill < Kills; kill++)
        {
            // Every fourth one dies early: while the process starts, opens its model or writes run.json.
            using var process = NeedleBenchCommand.Start(args);
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            if (kill % 4 == 0)
            {
                await Task.Delay(random.Next(0, 400));
            }
            else
            {
                await PredictionFile.WaitForLinesAsync(file, PredictionFile.Lines(file) + random.Next(1, 50), process);
            }

            Assert.False(process.HasExited, "the run ended before it could be killed: give it more repeats");
            process.Kill(); // SIGKILL: nothing is flushed, nothing is cleaned up
            await process.WaitForExitAsync();
        }

        var last = await NeedleBenchCommand.RunAsync(args);

        Assert.True(last.ExitCode == 0, last.Error);
        Assert.Contains("recorded before", last.Error, StringComparison.Ordinal);
        var suites = SuiteCatalog.Load(RepositoryFiles.InRepository("suites"), ["timers_alarms", "messaging"]);
        var planned = new RunPlan(["san:san-nano"], suites, new RunOptions { Repeats = 10 }).Items.Select(i => i.Key).ToList();
        var recorded = RunReader.Read(_results.File("killed")).Predictions.Select(p => p.Key).ToList();
        Assert.Equal(planned.Count, recorded.Count);
        Assert.Equal(planned.ToHashSet(), recorded.ToHashSet());
    }
}
