using NeedleBench.San.Checkpoints;
using NeedleBench.Training.Network;
using NeedleBench.Training.Synthesis;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.FineTuning;

/// <summary>
/// Fine-tunes a checkpoint on a user's tools. Everything lands in one folder, which opens like any other checkpoint. An
/// interrupted run goes on from its last state, and comes to the same bits as an unbroken one.
/// </summary>
/// <param name="options">All that can be chosen.</param>
/// <param name="start">The base.</param>
/// <param name="data">The user's examples.</param>
/// <param name="corpus">What is replayed, so that the base's skills are kept; null replays nothing.</param>
/// <param name="folder">Where everything lands.</param>
public sealed class FineTuneRun(FineTuneOptions options, FineTuneBase start, FineTuneData data, TrainingCorpus? corpus, string folder)
{
    readonly FineTuneFolder _folder = new(folder);

    /// <summary>Trains until validation no longer gets better, or to the last step, and scores base and result on the test split.</summary>
    /// <param name="resume">Go on with the run in the folder, where there is one.</param>
    /// <param name="observer">Is told how it goes.</param>
    /// <param name="cancellationToken">Stops after a step or an answer; the state is written.</param>
    /// <exception cref="InputException">The folder is there already and is not to be resumed, or cannot be; or an option is out of its range.</exception>
    public async Task<FineTuneResult> RunAsync(bool resume, IFineTuneObserver? observer, CancellationToken cancellationToken)
    {
        options.Check();
        var synthesiser = corpus is null || options.ReplayedPerBatch == 0
            ? null
            : new ExampleSynthesiser(corpus, new SynthesisOptions { MostTools = options.MostTools, Difficulty = 0.3 }, options.Seed);
        var settings = new FineTuneSettings(
            options, start.Model.Hash, data.Hash, synthesiser is null ? null : FineTuneSettings.HashOf(synthesiser));
        var goesOn = _folder.Open(settings, resume);
        if (_folder.Result is { } finished)
        {
            return finished;
        }

        if (!goesOn)
        {
            _folder.WriteTokenizer(start.TokenizerFile);
            data.Split.Write(folder);
            NeedleJsonl.Write(Path.Combine(folder, "left-out.jsonl"), data.PromptTooLong.Concat(data.AnswerTooLong));
        }

        var batches = new FineTuneBatches(data.Split.Train, corpus, synthesiser, start.Model.Tokenizer, options);
        var steps = options.StepsFor(data.Split.Train.Count);
        using var trainer = new SanTrainer(start.Model.Weights, options.TrainerOptions(steps));
        var progress = goesOn
            ? _folder.Resume(trainer)
            : new FineTuneProgress(0, -1, new EarlyStopping { Patience = options.Patience });
        progress = await TrainAsync(trainer, batches, progress, steps, observer, cancellationToken);
        var result = await TestAsync(progress, steps, cancellationToken);
        _folder.Write(result);
        return result;
    }

    async Task<FineTuneProgress> TrainAsync(
        SanTrainer trainer, FineTuneBatches batches, FineTuneProgress progress, int steps, IFineTuneObserver? observer, CancellationToken cancellationToken)
    {
        var validation = data.Split.Validation.Take(options.MostValidation).ToList();
        var tokens = new ExampleTokens(start.Model.Tokenizer, new TokenRoleWeights());
        List<TrainingExample> encoded = [.. validation.Select(tokens.Encode)];
        await using var log = _folder.OpenLog(append: trainer.StepsDone > 0);
        try
        {
            while (true)
            {
                var done = trainer.StepsDone;
                if ((done % options.EvaluateEvery == 0 || done == steps) && progress.EvaluatedAt < done)
                {
                    var score = await ScoreAsync(trainer.Weights, validation, cancellationToken);
                    var loss = trainer.Evaluate(encoded).Mean;
                    progress = new FineTuneProgress(done, done, progress.Stopping.Observe(done, score.CallF1, loss));
                    var best = progress.Stopping.BestStep == done;
                    if (best)
                    {
                        _folder.SaveBest(trainer.Weights);
                    }

                    await log.FlushAsync(CancellationToken.None);
                    _folder.Save(trainer, progress);
                    observer?.Evaluated(done, score, loss, best);
                }

                if (done == steps || progress.Stopping.ShouldStop)
                {
                    return progress;
                }

                cancellationToken.ThrowIfCancellationRequested();
                var report = trainer.Step(batches.Create(done));
                await log.WriteLineAsync(FineTuneFolder.LogLine(report));
                observer?.Stepped(report, steps);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await log.FlushAsync(CancellationToken.None);
            _folder.Save(trainer, progress with { Steps = trainer.StepsDone });
            throw;
        }
    }

    // What is scored is what the user gets: the checkpoint as it was written.
    async Task<FineTuneResult> TestAsync(FineTuneProgress progress, int steps, CancellationToken cancellationToken)
    {
        var test = data.Split.Test;
        var before = await FineTuneEvaluation.RunAsync(start.Model.Weights, start.Model.Tokenizer, test, options.Threads, cancellationToken);
        var after = await FineTuneEvaluation.RunAsync(_folder.LoadBest(), start.Model.Tokenizer, test, options.Threads, cancellationToken);
        var groups = test.Select((e, i) => (Name: ExampleKey.Group(e), Base: before[i], Tuned: after[i]))
            .GroupBy(e => e.Name, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new GroupScore(g.Key, g.Select(e => e.Base).Aggregate(CallScore.Add), g.Select(e => e.Tuned).Aggregate(CallScore.Add)));
        return new FineTuneResult(
            progress.Steps, progress.Steps < steps, progress.Stopping.BestStep, progress.Stopping.BestF1, [.. groups]);
    }

    async Task<CallScore> ScoreAsync(SanWeights weights, IReadOnlyList<SyntheticExample> examples, CancellationToken cancellationToken) =>
        (await FineTuneEvaluation.RunAsync(weights, start.Model.Tokenizer, examples, options.Threads, cancellationToken)).Aggregate(CallScore.Add);
}
