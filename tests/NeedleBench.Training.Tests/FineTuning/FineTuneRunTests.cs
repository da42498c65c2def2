using NeedleBench.San;
using NeedleBench.Training.FineTuning;
using NeedleBench.Training.Synthesis;
using NeedleBench.Training.Tests.Synthesis;
using NeedleBench.Training.Trainer;
using static NeedleBench.Training.Tests.FineTuning.TuningExamples;

namespace NeedleBench.Training.Tests.FineTuning;

public class FineTuneRunTests
{
    static readonly FineTuneOptions Options = new() { Steps = 14, BatchSize = 6, EvaluateEvery = 4, Threads = 2, Warmup = 2, MuonRate = 0.02f, AdamRate = 5e-3f };

    static readonly TrainingCorpus Corpus = TestCorpus.Read(TestCorpus.File());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_learns_and_the_best_checkpoint_opens(bool retrieval)
    {
        using var folder = new TemporaryFolder();
        var watch = new Watcher();
        var start = Base(retrieval);
        var result = await Run(start, folder.File("out"), Options).RunAsync(resume: false, watch, CancellationToken.None);

        Assert.Equal(14, watch.Losses.Count);
        Assert.True(watch.Losses[^3..].Average() < 0.8 * watch.Losses[..3].Average(), string.Join(' ', watch.Losses));
        Assert.Equal([0, 4, 8, 12, 14], watch.EvaluatedAt);
        Assert.Equal(watch.BestAt, result.BestStep);
        Assert.Equal(3, result.Base.Examples);
        var opened = SanModelSource.Open(folder.File("out"));
        Assert.Equal(retrieval, opened.Weights.Retrieval is not null);
        Assert.Equal(start.Model.Tokenizer.VocabularySize, opened.Tokenizer.VocabularySize);
        Assert.Equal(14, File.ReadLines(folder.File("out/log.jsonl")).Count());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public async Task An_interrupted_run_goes_on_to_the_same_bits(int stopAfter)
    {
        using var folder = new TemporaryFolder();
        var start = Base(retrieval: false);
        var whole = await Run(start, folder.File("whole"), Options).RunAsync(false, null, CancellationToken.None);

        using var stop = new CancellationTokenSource();
        var watch = new Watcher { OnStep = done => { if (done == stopAfter) { stop.Cancel(); } } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(start, folder.File("halves"), Options).RunAsync(false, watch, stop.Token));
        Assert.Equal(stopAfter, watch.Losses.Count);
        File.AppendAllText(folder.File("halves/log.jsonl"), "{\"step\":99,\"lo");
        var halves = await Run(start, folder.File("halves"), Options).RunAsync(true, watch, CancellationToken.None);

        Assert.Equal(14, watch.Losses.Count);
        Assert.Equal(whole.Groups, halves.Groups);
        Assert.Equal((whole.BestStep, whole.ValidationF1), (halves.BestStep, halves.ValidationF1));
        Assert.Equal(File.ReadAllBytes(folder.File("whole/model.safetensors")), File.ReadAllBytes(folder.File("halves/model.safetensors")));
        Assert.Equal(File.ReadAllBytes(folder.File("whole/state/14/optimiser.safetensors")), File.ReadAllBytes(folder.File("halves/state/14/optimiser.safetensors")));
        Assert.Equal(
            Enumerable.Range(0, 14).Select(i => $"{{\"step\":{i},"),
            File.ReadLines(folder.File("halves/log.jsonl")).Select(l => l[..(l.IndexOf(',', StringComparison.Ordinal) + 1)]));
    }

    [Fact]
    public async Task A_run_killed_while_it_saved_goes_on_from_the_state_before()
    {
        using var folder = new TemporaryFolder();
        var start = Base(retrieval: false);
        await Run(start, folder.File("whole"), Options).RunAsync(false, null, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var watch = new Watcher { OnStep = done => { if (done == 5) { stop.Cancel(); } } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(start, folder.File("killed"), Options).RunAsync(false, watch, stop.Token));
        Directory.CreateDirectory(folder.File("killed/state/8"));
        File.WriteAllText(folder.File("killed/state/8/optimiser.safetensors"), "half of it");
        await Run(start, folder.File("killed"), Options).RunAsync(true, null, CancellationToken.None);

        Assert.Equal(File.ReadAllBytes(folder.File("whole/model.safetensors")), File.ReadAllBytes(folder.File("killed/model.safetensors")));
    }

    [Fact]
    public async Task A_finished_run_says_so_and_is_not_begun_again_or_with_other_settings()
    {
        using var folder = new TemporaryFolder();
        var (start, options) = (Base(retrieval: false), Options with { Steps = 2 });
        var first = await Run(start, folder.File("out"), options).RunAsync(false, null, CancellationToken.None);
        var refused = await Assert.ThrowsAsync<InputException>(() => Run(start, folder.File("out"), options).RunAsync(false, null, CancellationToken.None));
        var watch = new Watcher();
        var again = await Run(start, folder.File("out"), options).RunAsync(true, watch, CancellationToken.None);
        var other = await Assert.ThrowsAsync<InputException>(
            () => Run(start, folder.File("out"), options with { BatchSize = 7 }).RunAsync(true, null, CancellationToken.None));
        var strange = await Assert.ThrowsAsync<InputException>(() => Run(start, folder.Path, options).RunAsync(true, null, CancellationToken.None));

        Assert.Contains("--resume", refused.Mend, StringComparison.Ordinal);
        Assert.False(first.WasFinished);
        Assert.True(again.WasFinished);
        Assert.Equal(first.Groups, again.Groups);
        Assert.Empty(watch.Losses);
        Assert.Contains("'batchSize' 6, not 7", other.Problem, StringComparison.Ordinal);
        Assert.Contains("no fine-tuning run", strange.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_stops_when_validation_gets_no_better_and_keeps_the_best_not_the_last()
    {
        using var folder = new TemporaryFolder();
        byte[] best = [];
        var watch = new Watcher { OnBest = () => best = File.ReadAllBytes(folder.File("out/model.safetensors")) };

        // Rates beyond all reason: it soon gets worse.
        var options = Options with { Steps = 60, MuonRate = 0.9f, AdamRate = 0.9f, EvaluateEvery = 1, Patience = 2, Warmup = 0 };
        var result = await Run(Base(retrieval: false), folder.File("out"), options).RunAsync(false, watch, CancellationToken.None);

        Assert.True(result.StoppedEarly);
        Assert.Equal((watch.BestAt, watch.BestAt + 2), (result.BestStep, result.Steps));
        Assert.Equal(result.Steps, watch.Losses.Count);
        Assert.Equal(best, File.ReadAllBytes(folder.File("out/model.safetensors")));
    }

    static FineTuneRun Run(FineTuneBase start, string folder, FineTuneOptions options)
    {
        var data = FineTuneData.Prepare([.. Of("ring", 20), .. Refusals(10)], start.Model.Tokenizer, options.Seed);
        return new FineTuneRun(options, start, data, Corpus, folder);
    }

    sealed class Watcher : IFineTuneObserver
    {
        public List<double> Losses { get; } = [];

        public List<int> EvaluatedAt { get; } = [];

        public int BestAt { get; set; } = -1;

        public Action? OnBest { get; init; }

        public Action<int>? OnStep { get; init; }

        public void Stepped(StepReport report, int steps)
        {
            Losses.Add(report.Loss);
            OnStep?.Invoke(report.Step + 1);
        }

        public void Evaluated(int steps, CallScore validation, double loss, bool best)
        {
            EvaluatedAt.Add(steps);
            if (best)
            {
                BestAt = steps;
                OnBest?.Invoke();
            }
        }
    }
}
