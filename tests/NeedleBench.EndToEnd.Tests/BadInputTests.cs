namespace NeedleBench.EndToEnd.Tests;

/// <summary>Bad input ends with exit code 2 and one message that names the place and the mend; nothing is written.</summary>
public sealed class BadInputTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run --model nope:x", "nope:", "san")]
    [InlineData("run --model san:no-such-folder", "no-such-folder", "san-nano")]
    [InlineData("run --model san:san-nano?precision=fp7", "fp7", "fp32")]
    [InlineData("run --suite no_such_suite", "no_such_suite", "smart_home")]
    [InlineData("run --suites no/such/folder", "no/such/folder", null)]
    [InlineData("run --name ../outside", "../outside", null)]
    [InlineData("run --limit 0", "--limit", "at least 1")]
    [InlineData("run --repeat many", "many", null)]
    [InlineData("run --no-such-option", "--no-such-option", null)]
    [InlineData("run --plugin no-such.dll", "no-such.dll", null)]
    [InlineData("run --plugin README.md", "README.md", null)]
    [InlineData("call --query x --tools no-such-tools.json", "no-such-tools.json", null)]
    [InlineData("call --query x --tools README.md", "README.md:1", "not JSON")]
    [InlineData("score no/such/run", "no/such/run", "run.json")]
    [InlineData("report no/such/run", "no/such/run", null)]
    [InlineData("models verify san:san-nano --vectors no-such.jsonl", "no-such.jsonl", null)]
    [InlineData("models verify san:san-nano --vectors suites/messaging/cases.jsonl", "cases.jsonl:1", "tool 0 has no name")]
    [InlineData("models import no-such.pkl --tokenizer x --out imported-here", "no-such.pkl", null)]
    [InlineData("models inspect suites", "suites", "config.json")]
    public async Task Is_refused_by_name(string arguments, string place, string? mend)
    {
        var result = await NeedleBenchCommand.RunAsync([.. arguments.Split(' '), .. arguments.StartsWith("run", StringComparison.Ordinal) ? new[] { "--results", _folder.File("results") } : []]);

        Assert.True(result.ExitCode == 2, $"exit {result.ExitCode}: {result.Output}{result.Error}");
        Assert.Contains(place, result.Error, StringComparison.Ordinal);
        Assert.Contains(mend ?? place, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("results")) && Directory.EnumerateFileSystemEntries(_folder.File("results")).Any());
        Assert.False(Path.Exists(RepositoryFiles.InRepository("imported-here")));
    }

    [Fact]
    public async Task A_run_that_exists_is_not_overwritten()
    {
        string[] args = ["run", "--suite", "messaging", "--limit", "1", "--results", _folder.Path, "--name", "once"];
        var first = await NeedleBenchCommand.RunAsync(args);
        var before = File.ReadAllText(_folder.File("once/predictions.jsonl"));
        var second = await NeedleBenchCommand.RunAsync(args);

        Assert.Equal((0, 2), (first.ExitCode, second.ExitCode));
        Assert.Contains("--resume", second.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_folder.File("once/predictions.jsonl")));
    }

    [Fact]
    public async Task A_suite_line_that_is_not_JSON_or_names_an_unknown_tool_is_named_with_its_line()
    {
        foreach (var (line, part) in new[] { ("{not json", "JSON"), ("""{"id":"own/001","query":"q","tools":["nope"],"expected":[],"style":"none","tags":[]}""", "nope") })
        {
            Directory.CreateDirectory(_folder.File("suites/own"));
            File.WriteAllText(_folder.File("suites/own/suite.json"), """{"name":"own","title":"Own","licence":"Apache-2.0","version":"1","language":"en"}""");
            File.WriteAllText(_folder.File("suites/own/tools.json"), """[{"name":"a","description":"","parameters":{"type":"object","properties":{}}}]""");
            File.WriteAllText(
                _folder.File("suites/own/cases.jsonl"),
                """{"id":"own/000","query":"p","tools":["a"],"expected":[{"name":"a","arguments":{}}],"style":"terse","tags":[]}""" + "\n" + line + "\n");

            var result = await NeedleBenchCommand.RunAsync("suites", "validate", "--suites", _folder.File("suites"));

            Assert.Equal(2, result.ExitCode);
            Assert.Contains("cases.jsonl:2", result.Error, StringComparison.Ordinal);
            Assert.Contains(part, result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Results_that_cannot_be_written_are_said_so_before_anything_runs()
    {
        // A file where the folder should be: even the superuser cannot write below it.
        File.WriteAllText(_folder.File("file"), "");
        var result = await NeedleBenchCommand.RunAsync("run", "--limit", "1", "--results", _folder.File("file/results"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("file/results", result.Error, StringComparison.Ordinal);
    }

    [SharedFact("golden/needle-pickle")]
    public async Task A_hostile_pickle_is_refused_by_what_it_wanted_to_call_and_leaves_nothing_behind()
    {
        var result = await NeedleBenchCommand.RunAsync(
            "models", "import", RepositoryFiles.InShared("golden/needle-pickle/hostile.pkl"),
            "--tokenizer", RepositoryFiles.InShared("golden/sentencepiece/tokenizer.model"), "--out", _folder.File("out"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("builtins.eval", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.False(File.Exists(RepositoryFiles.InRepository("pwned")));
    }
}
