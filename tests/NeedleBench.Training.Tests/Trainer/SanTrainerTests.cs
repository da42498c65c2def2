using NeedleBench.San.Checkpoints;
using NeedleBench.Training.Network;
using NeedleBench.Training.Optimisers;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.Tests.Trainer;

public class SanTrainerTests
{
    static readonly SanConfig Config =
        new() { HiddenSize = 64, Heads = 4, KeyValueHeads = 2, EncoderLayers = 2, DecoderLayers = 2, VocabularySize = 64 };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 3)]
    public void Two_hundred_steps_in_one_go_and_with_a_stop_between_give_the_same_bits(int threads, int noise)
    {
        using var folder = new TemporaryFolder();
        var options = Options(200, threads, noise);
        using var whole = new SanTrainer(Start(), options);
        using (var first = new SanTrainer(Start(), options))
        {
            Run(whole, 200);
            Run(first, 100);
            first.Save(folder.File("state"));
        }

        using var second = new SanTrainer(Start(), options);
        second.Resume(folder.File("state"));
        Run(second, 200);

        Assert.Equal(200, second.StepsDone);
        foreach (var (expected, actual) in SanTensors.Of(whole.Weights).Zip(SanTensors.Of(second.Weights)))
        {
            Assert.Equal(expected.Values, actual.Values);
        }
    }

    [Fact]
    public void It_learns_to_copy_what_it_reads()
    {
        using var trainer = new SanTrainer(Start(), Options(150, threads: 2, noise: 0));
        var before = trainer.Evaluate(Batch(10_000)).Mean;
        Run(trainer, 150);
        var after = trainer.Evaluate(Batch(10_000));

        // Of 50 tokens any may stand there: a guess is right once in fifty, log 50 nats away.
        Assert.True(before > 3.0, $"loss {before} before anything was learnt");
        Assert.True(after.Mean < 1.5, $"loss {after.Mean}");
        Assert.True((double)after.Correct / after.Targets > 0.5, $"{after.Correct} of {after.Targets}");
    }

    [Fact]
    public void A_state_of_another_network_is_refused()
    {
        using var folder = new TemporaryFolder();
        using (var trainer = new SanTrainer(Start(), Options(1, 1, 0)))
        {
            trainer.Save(folder.File("state"));
        }

        using var other = new SanTrainer(NetworkInitialiser.Create(Config with { EncoderLayers = 3 }, retrieval: false, seed: 1), Options(1, 1, 0));
        Assert.Contains("optimiser.safetensors", Assert.Throws<InputException>(() => other.Resume(folder.File("state"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state.old", true)]
    [InlineData("state.new", false)]
    public void A_kill_while_a_state_replaces_another_leaves_a_whole_one(string left, bool isOnlyOne)
    {
        using var folder = new TemporaryFolder();
        using var trainer = new SanTrainer(Start(), Options(10, 1, 0));
        Run(trainer, 1);
        trainer.Save(folder.File("state"));
        if (isOnlyOne)
        {
            Directory.Move(folder.File("state"), folder.File(left));
        }
        else
        {
            Directory.CreateDirectory(folder.File(left));
            File.WriteAllText(folder.File($"{left}/{TrainingState.OptimiserFile}"), "torn");
        }

        Assert.True(TrainingState.Exists(folder.File("state")));
        using var other = new SanTrainer(Start(), Options(10, 1, 0));
        other.Resume(folder.File("state"));
        Assert.Equal(1, other.StepsDone);
        Run(other, 2);
        other.Save(folder.File("state"));
        trainer.Resume(folder.File("state"));
        Assert.Equal(2, trainer.StepsDone);
        Assert.Equal(["state"], Directory.EnumerateDirectories(folder.Path).Select(Path.GetFileName));
    }

    static void Run(SanTrainer trainer, int steps)
    {
        while (trainer.StepsDone < steps)
        {
            trainer.Step(Batch(trainer.StepsDone));
        }
    }

    // Read three tokens, write the first two: attention across and the copying that tool calls are made of.
    static List<TrainingExample> Batch(int step)
    {
        var random = new SeededRandom(5, step);
        return [.. Enumerable.Range(0, 16).Select(_ =>
        {
            int[] prompt = [6 + random.Below(50), 6 + random.Below(50), 5];
            return new TrainingExample(prompt, [1, prompt[0], prompt[1]], [prompt[0], prompt[1], 1], [1, 1, 1]);
        })];
    }

    static SanWeights Start() => NetworkInitialiser.Create(Config, retrieval: false, seed: 3);

    static TrainerOptions Options(int steps, int threads, int noise) => new()
    {
        Schedule = new LearningRateSchedule { Steps = steps, Warmup = 10 },
        Optimiser = new OptimiserOptions { AdamRate = 5e-3f, MuonRate = 0.02f },
        Threads = threads,
        Int4NoiseEvery = noise,
    };
}
