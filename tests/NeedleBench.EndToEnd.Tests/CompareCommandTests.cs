using System.Text.Json;

namespace NeedleBench.EndToEnd.Tests;

public sealed class CompareCommandTests : IDisposable
{
    readonly TemporaryFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public async Task Two_models_of_a_run_are_compared_case_by_case()
    {
        var run = await NeedleBenchCommand.RunAsync("run", "--model", "san:san-nano", "--suite", "smart_home", "--suite", "media", "--results", _results.Path, "--name", "r");
        Assert.True(run.ExitCode == 0, run.Error);
        var folder = _results.File("r");

        // 10 refusals and 50 calls a suite: none is right on the refusals alone, gold on everything.
        var worse = await NeedleBenchCommand.RunAsync("compare", folder, folder, "--baseline-model", "baseline:gold", "--candidate-model", "baseline:none", "--json");
        var json = JsonElement.Parse(worse.Output);
        var counts = json.GetProperty("exactMatch");
        Assert.Equal((0, 120), (worse.ExitCode, json.GetProperty("cases").GetInt32()));
        Assert.Equal((20, 100, 0), (counts.GetProperty("bothRight").GetInt32(), counts.GetProperty("onlyBaseline").GetInt32(), counts.GetProperty("onlyCandidate").GetInt32()));
        Assert.InRange(counts.GetProperty("pValue").GetDouble(), 0, 1e-25);

        // Without a name it is the one model that is no baseline; against itself nothing differs.
        var same = await NeedleBenchCommand.RunAsync("compare", folder, folder);
        Assert.True(same.ExitCode == 0, same.Error);
        Assert.Contains("san:san-nano", same.Output, StringComparison.Ordinal);

        var unknown = await NeedleBenchCommand.RunAsync("compare", folder, folder, "--candidate-model", "san:other");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("san:san-nano", unknown.Error, StringComparison.Ordinal);
    }
}
