using NeedleBench.Cli.Rendering;
using NeedleBench.Harness.Running;

namespace NeedleBench.Cli.Tests;

public class PlainLinesObserverTests
{
    [Fact]
    public void Says_what_is_left_every_few_seconds_at_the_end_and_each_failure()
    {
        var time = new SteppingTime();
        var output = new StringWriter { NewLine = "\n" };
        var observer = new PlainLinesObserver(output, time);
        observer.Started(Run(), done: 10, total: 20);
        observer.ModelOpened(new ModelInfo("a", "san:a", "fp32", ""));
        for (var done = 11; done <= 20; done++)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            observer.Completed(Prediction(done == 12 ? "Oops" : null), done, 20);
        }

        Assert.Equal(
            """
            my-run: 20 items, 10 of them recorded before
            san:a (fp32)
            own/001 failed: Oops
            13/20  0.5/s  14 s left
            16/20  0.5/s  8 s left
            19/20  0.5/s  2 s left
            20/20  0.5/s  0 s left

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    static Prediction Prediction(string? error) => new() { Model = "san:a", Suite = "own", Case = "own/001", Repeat = 0, Error = error };

    static RunDescription Run() => new()
    {
        Name = "my-run",
        StartedAt = default,
        Version = "0",
        Models = [],
        Suites = [],
        Repeats = 1,
        Warmups = 1,
        Machine = new MachineDescription("", "", 1, "", 1, ""),
    };

    sealed class SteppingTime : TimeProvider
    {
        long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
