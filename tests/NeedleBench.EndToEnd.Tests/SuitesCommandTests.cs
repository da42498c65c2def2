namespace NeedleBench.EndToEnd.Tests;

public sealed class SuitesCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Our_fifteen_suites_of_900_cases_are_sound_and_clear_of_the_training_phrasings()
    {
        var result = await NeedleBenchCommand.RunAsync("suites", "validate");

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("15 suites, 900 cases, held against", result.Output, StringComparison.Ordinal);
        Assert.Contains("0 errors, 0 warnings", result.Output, StringComparison.Ordinal);
        Assert.Contains("Quotas of needlebench-60, held to by 15 suites: 60 cases", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_is_a_training_phrasing_is_an_error()
    {
        File.WriteAllText(_folder.File("seen.jsonl"), """{"query":"robovak do the halway and undr the dinning table no moping"}""");
        var result = await NeedleBenchCommand.RunAsync("suites", "validate", "smart_home", "--corpus", _folder.Path);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("smart_home/cases.jsonl:4", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_print_styles_tools_and_lengths()
    {
        var result = await NeedleBenchCommand.RunAsync("suites", "stats");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("| all | 900 | 150 | 450 | 450 |", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Needles_lines_become_a_suite_that_runs()
    {
        File.WriteAllText(
            _folder.File("own.jsonl"),
            """{"query":"ten minutes please","tools":"[{\"name\":\"set_timer\",\"description\":\"Start a timer.\",\"parameters\":{\"minutes\":{\"type\":\"integer\",\"description\":\"How long.\",\"required\":true}}}]","answers":"[{\"name\":\"set_timer\",\"arguments\":{\"minutes\":10}}]"}""" + "\n");

        var import = await NeedleBenchCommand.RunAsync("suites", "import", "needle", _folder.File("own.jsonl"), "--name", "mine", "--licence", "MIT", "--out", _folder.File("imported"));
        var run = await NeedleBenchCommand.RunAsync("run", "--suites", _folder.File("imported"), "--model", "baseline:gold", "--results", _folder.File("results"), "--name", "r");

        Assert.True(import.ExitCode == 0, import.Error);
        Assert.Contains("\"MIT\"", File.ReadAllText(_folder.File("imported/mine/suite.json")), StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("100.0", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suite_goes_out_in_Berkeleys_form_and_comes_back()
    {
        var export = await NeedleBenchCommand.RunAsync("suites", "export", "bfcl", "weather", "--out", _folder.File("bfcl"));
        var import = await NeedleBenchCommand.RunAsync("suites", "import", "bfcl", _folder.File("bfcl"), "--out", _folder.File("back"));

        Assert.True(export.ExitCode == 0, export.Error);
        Assert.True(import.ExitCode == 0, import.Error);
        Assert.Equal(60, Directory.EnumerateFiles(_folder.File("back"), "cases.jsonl", SearchOption.AllDirectories).Sum(f => File.ReadLines(f).Count()));
    }

    [Theory]
    [InlineData("bfcl no/such/folder", "no/such/folder")]
    [InlineData("needle no-such.jsonl --name x", "no-such.jsonl")]
    [InlineData("openai README.md --name x", "README.md")]
    public async Task What_cannot_be_imported_is_named_and_leaves_nothing(string arguments, string place)
    {
        var result = await NeedleBenchCommand.RunAsync(["suites", "import", .. arguments.Split(' '), "--out", _folder.File("out")]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(place, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")) && Directory.EnumerateFileSystemEntries(_folder.File("out")).Any());
    }
}
