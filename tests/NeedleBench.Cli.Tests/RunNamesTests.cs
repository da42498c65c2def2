using NeedleBench.Harness.Running;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Cli.Tests;

public sealed class RunNamesTests : IDisposable
{
    static readonly Suite Suite = new("own", "Own", "Apache-2.0", "1", "en", "own", [], [new SuiteCase("own/001", "q", [], [], CaseStyles.None, [], 1)]);

    readonly TemporaryFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Theory]
    [InlineData("san:san-nano", "20260304-050607-san-nano")]
    [InlineData("san:path/to/my model?threads=1", "20260304-050607-my-model")]
    [InlineData("openai:http://127.0.0.1:8080/v1?model=x", "20260304-050607-v1")]
    [InlineData("san:天気", "20260304-050607")]
    public void New_names_sort_by_age_and_are_names_that_a_folder_can_have(string spec, string expected)
    {
        var name = RunNames.New([spec], new FixedTime(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero)));

        Assert.Equal(expected, name);
        RunFolder.CheckName(name);
    }

    [Fact]
    public void The_newest_unfinished_run_of_the_same_models_and_suites_is_the_one_to_go_on_with()
    {
        Write("older", day: 1);
        Write("newer", day: 2);
        Write("finished", day: 3, finished: true);
        Write("other-model", day: 4, model: "san:other");
        Write("other-suite", day: 5, suite: "other");
        Directory.CreateDirectory(_results.File("empty"));
        Directory.CreateDirectory(_results.File("damaged"));
        File.WriteAllText(_results.File("damaged/run.json"), "{");

        Assert.Equal("newer", RunNames.NewestUnfinished(_results.Path, ["san:a"], [Suite]));
        Assert.Null(RunNames.NewestUnfinished(_results.Path, ["san:a", "san:b"], [Suite]));
        Assert.Null(RunNames.NewestUnfinished(_results.File("not-there"), ["san:a"], [Suite]));
    }

    void Write(string name, int day, bool finished = false, string model = "san:a", string suite = "own")
    {
        using var folder = RunFolder.Open(_results.Path, name);
        folder.WriteDescription(new RunDescription
        {
            Name = name,
            StartedAt = new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero),
            FinishedAt = finished ? new DateTimeOffset(2026, 1, day, 1, 0, 0, TimeSpan.Zero) : null,
            Version = "0",
            Models = [new ModelInfo("a", model, "fp32", "")],
            Suites = [new SuiteReference(suite, "1", 1, "", "")],
            Repeats = 1,
            Warmups = 1,
            Machine = new MachineDescription("", "", 1, "", 1, ""),
        });
    }

    sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
