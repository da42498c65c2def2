using NeedleBench.Training.Recipes;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.Tests.Recipes;

public sealed class TrainingLogTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Path => _folder.File("log.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_done_after_the_saved_step_is_cut_off_and_each_step_stands_there_once()
    {
        Write(0, 4);
        using (var log = TrainingLog.Open(Path, stepsDone: 2))
        {
            Assert.Equal([0, 1], log.Steps.Select(s => s.Step));
            Assert.Equal(2, Assert.Single(log.Evaluations).EvaluatedAfter);
            log.Add(Step(2));
        }

        var (steps, evaluations) = TrainingLog.Read(Path);
        Assert.Equal([Step(0), Step(1), Step(2)], steps);
        Assert.Equal([Evaluation(2)], evaluations);
    }

    [Theory]
    [InlineData("{\"step\":3,\"lo")]
    [InlineData("{\"step\":3}")]
    public void A_line_that_a_kill_tore_is_left_out(string torn)
    {
        Write(0, 3);
        File.AppendAllText(Path, torn);

        Assert.Equal(3, TrainingLog.Read(Path).Steps.Count);
        TrainingLog.Open(Path, stepsDone: 3).Dispose();
        Assert.EndsWith("}\n", File.ReadAllText(Path), StringComparison.Ordinal);
        Assert.Equal(3, TrainingLog.Read(Path).Steps.Count);
    }

    [Fact]
    public void A_run_from_the_beginning_clears_the_log_of_one_that_never_saved()
    {
        Write(0, 3);
        TrainingLog.Open(Path, stepsDone: 0).Dispose();

        Assert.Empty(File.ReadAllText(Path));
    }

    [Fact]
    public void A_line_of_something_else_is_refused_by_its_number()
    {
        Write(0, 1);
        File.AppendAllText(Path, "nonsense\n");

        var refusal = Assert.Throws<InputException>(() => TrainingLog.Read(Path));
        Assert.Contains("log.jsonl", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, refusal.Line);
    }

    // An evaluation after every two steps.
    void Write(int from, int to)
    {
        using var log = TrainingLog.Open(Path, from);
        for (var step = from; step < to; step++)
        {
            log.Add(Step(step));
            if (step % 2 == 1)
            {
                log.Add(Evaluation(step + 1));
            }
        }
    }

    static StepReport Step(int step) => new(step, 2.5 / (step + 1), 0.25, 0.75, 1.5, 1, 100, 0.125);

    static EvaluationReport Evaluation(int after) => new(after, new HeldOutResult(10, 4, 9));
}
