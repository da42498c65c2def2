using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.EndToEnd.Tests;

public sealed class PluginTests : IDisposable
{
    readonly TemporaryFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public async Task A_chat_client_from_a_plug_in_runs_beside_the_native_model_and_is_scored_like_it()
    {
        var run = await NeedleBenchCommand.RunAsync(
            "run", "--plugin", Plugin, "--model", "example:first-tool", "--model", "san:san-nano",
            "--suite", "timers_alarms", "--limit", "12", "--results", _results.Path, "--name", "both");

        Assert.True(run.ExitCode == 0, run.Error);
        var summary = ScoreFiles.ReadSummary(_results.File("both"));
        Assert.Equal(["example:first-tool", "san:san-nano"], summary.Models.Select(m => m.Model));
        Assert.All(summary.Models, m => Assert.Equal(12, m.Overall.Cases));
        Assert.Equal(1.0, summary.Models[0].Overall.Metrics[ParseRate.Name].Value);
        Assert.Contains("first-tool", File.ReadAllText(_results.File("both/leaderboard.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_fails_is_recorded_case_by_case_and_the_exit_code_says_so()
    {
        var run = await NeedleBenchCommand.RunAsync(
            "run", "--plugin", Plugin, "--model", "example:broken", "--model", "example:first-tool",
            "--suite", "messaging", "--limit", "5", "--results", _results.Path, "--name", "broken");

        Assert.Equal(1, run.ExitCode);
        var predictions = RunReader.Read(_results.File("broken")).Predictions;
        Assert.Equal(10, predictions.Count);
        Assert.All(predictions.Where(p => p.Model == "example:broken"), p => Assert.Contains("no answer", p.Error!, StringComparison.Ordinal));
        Assert.All(predictions.Where(p => p.Model == "example:first-tool"), p => Assert.Null(p.Error));
        var errors = ScoreFiles.ReadScores(_results.File("broken")).Count(s => s.ErrorClass == ErrorClass.ModelError);
        Assert.Equal(5, errors);
    }

    static string Plugin => typeof(ExampleChatProvider).Assembly.Location;
}
