namespace NeedleBench.EndToEnd.Tests;

public sealed class FineTuneCommandTests : IDisposable
{
    const string Tools = """[{"name":"ring_bell","description":"Ring the bell.","parameters":{"times":{"type":"integer","description":"How often.","required":true}}}]""";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_few_steps_give_a_table_a_checkpoint_that_opens_and_a_run_that_says_it_is_finished()
    {
        WriteData(10);
        string[] args = ["finetune", _folder.File("data.jsonl"), "--base", "san:san-nano", "--out", _folder.File("tuned"), "--steps", "2", "--batch", "4", "--threads", "2"];
        var first = await NeedleBenchCommand.RunAsync(args);
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("Exact, base", first.Output, StringComparison.Ordinal);
        Assert.Contains("'ring_bell' has 10 examples", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing is replayed", first.Error, StringComparison.Ordinal);
        Assert.Equal([8, 1, 1], new[] { "train", "validation", "test" }.Select(p => File.ReadLines(_folder.File($"tuned/{p}.jsonl")).Count()));

        var again = await NeedleBenchCommand.RunAsync(args);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("--resume", again.Error, StringComparison.Ordinal);

        var resumed = await NeedleBenchCommand.RunAsync([.. args, "--resume"]);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Contains("finished before", resumed.Output, StringComparison.Ordinal);

        var inspect = await NeedleBenchCommand.RunAsync("models", "inspect", $"san:{_folder.File("tuned")}");
        Assert.True(inspect.ExitCode == 0, inspect.Error);
    }

    [Theory]
    [InlineData("""{"query":"x","tools":"[]"}""", "data.jsonl:4: the line has no 'answers'", "san:san-nano")]
    [InlineData("", "there is no such SAN checkpoint", "san:nowhere")]
    [InlineData("", "cannot be fine-tuned", "baseline:gold")]
    [InlineData("", "share of the fine-tuning options is out of its range", "san:san-nano", "--replay", "1")]
    [InlineData("", "--steps is 0", "san:san-nano", "--steps", "0")]
    [InlineData("", "there is no such folder", "san:san-nano", "--corpus", "nowhere")]
    public async Task What_cannot_be_used_is_named_and_nothing_is_made(string line, string message, string spec, params string[] more)
    {
        WriteData(3);
        File.AppendAllText(_folder.File("data.jsonl"), line);
        var result = await NeedleBenchCommand.RunAsync(
            ["finetune", _folder.File("data.jsonl"), "--base", spec, "--out", _folder.File("tuned"), .. more]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("tuned")));
    }

    void WriteData(int count) => File.WriteAllText(_folder.File("data.jsonl"), string.Concat(Enumerable.Range(1, count).Select(i =>
        $$$"""{"query":"ring the bell {{{i}}} times","tools":{{{Tools}}},"answers":[{"name":"ring_bell","arguments":{"times":{{{i}}}}}]}""" + "\n")));
}
