using NeedleBench.Harness.PeakMemory;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.Cli.Tests;

public sealed class RunMemoryTests : IDisposable
{
    readonly TemporaryFolder _results = new();
    readonly List<(string Arguments, string Input)> _children = [];

    public void Dispose() => _results.Dispose();

    [Fact]
    public async Task Each_model_gets_a_child_of_its_own_and_what_that_prints_last_is_the_figure()
    {
        var (code, output, error) = await RunAsync(Measured("native noise\n"), "--model", "san:san-nano", "--model", "san:san-mini");

        Assert.True(code == 0, error);
        Assert.Equal(["measure-memory --model san:san-nano", "measure-memory --model san:san-mini"], _children.Select(c => c.Arguments));
        Assert.All(_children, c => Assert.Equal(2, RequestLines.Read(new StringReader(c.Input)).Count));
        Assert.Equal([41_000_000, 41_000_000, null, null, null], ScoreFiles.ReadSummary(_results.File("r")).Models.Select(m => m.PeakMemoryBytes));
        Assert.Contains("Peak memory MB", output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", error, StringComparison.Ordinal);

        await RunAsync(Measured(""), "--model", "san:san-nano", "--model", "san:san-mini", "--resume");

        Assert.Equal(2, _children.Count);
    }

    [Theory]
    [InlineData(1, "", "noise\nTimeoutException: no answer\n", "TimeoutException: no answer")]
    [InlineData(139, "", "", "code 139")]
    [InlineData(0, "no json\n", "", "without a figure")]
    [InlineData(0, """{"model":"x","fingerprint":"other","peakResidentBytes":2,"emptyResidentBytes":1,"requests":5}""", "", "changed")]
    public async Task A_child_that_fails_costs_one_warning_and_the_figure(int exit, string childOutput, string childError, string problem)
    {
        var (code, output, error) = await RunAsync(_ => new ChildResult(exit, childOutput, childError), "--model", "san:san-nano");

        Assert.Equal(0, code);
        var warning = Assert.Single(error.Split(Environment.NewLine), l => l.StartsWith("warning:", StringComparison.Ordinal));
        Assert.Contains("san:san-nano", warning, StringComparison.Ordinal);
        Assert.Contains(problem, warning, StringComparison.Ordinal);
        Assert.DoesNotContain("Peak memory", output, StringComparison.Ordinal);
        Assert.Empty(RunReader.Read(_results.File("r")).Memory);
    }

    [Fact]
    public async Task No_child_is_started_where_memory_is_left_out()
    {
        var (code, _, error) = await RunAsync(Measured(""), "--model", "san:san-nano", "--no-memory");

        Assert.True(code == 0, error);
        Assert.Empty(_children);
    }

    [Fact]
    public async Task Ctrl_C_while_a_child_measures_ends_with_130_and_the_run_goes_on_with_resume()
    {
        using var stop = new CancellationTokenSource();
        var (code, _, error) = await RunAsync(
            _ =>
            {
                stop.Cancel();
                return new ChildResult(130, "", "Interrupted.");
            },
            ["--model", "san:san-nano"], stop.Token);

        Assert.Equal(130, code);
        Assert.Contains("--resume --name r", error, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", error, StringComparison.Ordinal);

        (code, _, error) = await RunAsync(Measured(""), "--model", "san:san-nano", "--resume");

        Assert.True(code == 0, error);
        Assert.Single(RunReader.Read(_results.File("r")).Memory);
    }

    // What a child prints, with the fingerprint that the run wrote down.
    Func<string, ChildResult> Measured(string before) => spec =>
    {
        var fingerprint = RunReader.ReadDescription(_results.File("r")).Models.Single(m => m.Spec == spec).Fingerprint;
        return new ChildResult(
            0, $$"""{{before}}{"model":"?","fingerprint":"{{fingerprint}}","peakResidentBytes":51000000,"emptyResidentBytes":10000000,"requests":2}""" + "\n", "");
    };

    Task<(int Code, string Output, string Error)> RunAsync(Func<string, ChildResult> child, params string[] args) =>
        RunAsync(child, args, CancellationToken.None);

    async Task<(int Code, string Output, string Error)> RunAsync(Func<string, ChildResult> child, string[] args, CancellationToken cancellationToken)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        string[] all =
        [
            "run", "--suites", RepositoryFiles.InRepository("suites"), "--suite", "weather", "--limit", "2", "--results", _results.Path, "--name", "r", .. args,
        ];
        var code = await CommandLine.InvokeAsync(all, new Terminal(output, error), Start, cancellationToken);
        return (code, output.ToString(), error.ToString());

        Task<ChildResult> Start(IReadOnlyList<string> arguments, string input, CancellationToken token)
        {
            _children.Add((string.Join(' ', arguments), input));
            return Task.FromResult(child(arguments[2]));
        }
    }
}
