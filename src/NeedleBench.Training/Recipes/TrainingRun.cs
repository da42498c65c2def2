using NeedleBench.San.Checkpoints;
using NeedleBench.Tokenizers;
using NeedleBench.Training.Network;
using NeedleBench.Training.Synthesis;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.Recipes;

/// <summary>
/// Carries out a recipe: tokenizer, then weights, from nothing. Everything lands in one folder, which is a checkpoint that
/// opens like any other; <c>log.jsonl</c> has a line for each step and each evaluation,
/// <c>learning-curve.svg</c> shows it, <c>state/</c> holds what is needed to go on.
/// </summary>
/// <param name="recipe">What to do.</param>
/// <param name="corpus">Phrasings.</param>
/// <param name="folder">Where everything lands.</param>
/// <param name="threads">Part of the result: sums over threads are rounded in their order.</param>
public sealed class TrainingRun(TrainingRecipe recipe, TrainingCorpus corpus, string folder, int threads)
{
    const string LogFile = "log.jsonl";
    const string CurveFile = "learning-curve.svg";
    const string StateFolder = "state";

    readonly RecipeExamples _examples = new(recipe, corpus);
    ExampleSynthesiser? _heldOut;

    /// <summary>Trains to the end of the recipe, and returns what the last evaluation found.</summary>
    /// <param name="resume">Go on with what stands in the folder, where something does.</param>
    /// <param name="observer">Is told how it goes.</param>
    /// <param name="cancellationToken">Stops after a step; the state is written.</param>
    /// <exception cref="InputException">The folder holds a run already and it is not to be resumed, or cannot be.</exception>
    public async Task<HeldOutResult> RunAsync(bool resume, ITrainingObserver? observer, CancellationToken cancellationToken)
    {
        var state = Path.Combine(folder, StateFolder);
        var goesOn = TrainingState.Exists(state);
        if (goesOn && !resume)
        {
            throw new InputException("a training run stands here already", "Go on with it with --resume, or name another folder.", folder);
        }

        Directory.CreateDirectory(folder);
        var tokenizer = Tokenizer(goesOn);
        using var trainer = new SanTrainer(
            NetworkInitialiser.Create(recipe.Config, recipe.Retrieval > 0, recipe.Seed), recipe.TrainerOptions(threads));
        if (goesOn)
        {
            trainer.Resume(state);
            RequireStepsLeft(trainer.StepsDone);
        }

        var batches = new BatchPrefetcher(Batches(tokenizer), recipe.Steps);
        using var log = TrainingLog.Open(Path.Combine(folder, LogFile), trainer.StepsDone);

        // A run that was killed after it saved its state, and before it had evaluated it, does that first.
        await CheckpointAsync(trainer, tokenizer, log, observer, cancellationToken);
        while (trainer.StepsDone < recipe.Steps)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                trainer.Save(state);
                cancellationToken.ThrowIfCancellationRequested();
            }

            var report = trainer.Step(await batches.TakeAsync(trainer.StepsDone));
            log.Add(report);
            observer?.Stepped(report, recipe.Steps);
            if (IsCheckpoint(trainer.StepsDone))
            {
                trainer.Save(state);
                await CheckpointAsync(trainer, tokenizer, log, observer, cancellationToken);
            }
        }

        return log.Evaluations[^1].Result;
    }

    void RequireStepsLeft(int done)
    {
        if (done > recipe.Steps)
        {
            throw new InputException(
                $"the run has done {done} steps, and the recipe asks for {recipe.Steps}", "Resume with the recipe of the run, or with a longer one.", folder);
        }
    }

    bool IsCheckpoint(int steps) => steps > 0 && (steps % recipe.CheckpointEvery == 0 || steps == recipe.Steps);

    async Task CheckpointAsync(
        SanTrainer trainer, SentencePieceTokenizer tokenizer, TrainingLog log, ITrainingObserver? observer, CancellationToken cancellationToken)
    {
        if (!IsCheckpoint(trainer.StepsDone))
        {
            return;
        }

        if (!log.Evaluations.Any(e => e.EvaluatedAfter == trainer.StepsDone))
        {
            SanCheckpoint.Save(trainer.Weights, folder, SafetensorsDtype.BF16);
            var result = await EvaluateAsync(trainer, tokenizer, cancellationToken);
            log.Add(new EvaluationReport(trainer.StepsDone, result));
            observer?.Evaluated(trainer.StepsDone, result);
        }

        AtomicFile.Write(Path.Combine(folder, CurveFile), LearningCurve.Svg(recipe.Name, log.Steps, log.Evaluations));
    }

    // A decoder that has had no lesson has nothing to say.
    Task<HeldOutResult> EvaluateAsync(SanTrainer trainer, SentencePieceTokenizer tokenizer, CancellationToken cancellationToken) =>
        HeldOutEvaluation.RunAsync(
            trainer.Weights, tokenizer, _heldOut ??= _examples.HeldOut(), recipe.RetrievalLessons is { From: 0, ExamplesEvery: 0 } lessons && trainer.StepsDone <= lessons.Until ? 0 : recipe.EvaluationExamples,
            recipe.EvaluationExamples, threads, cancellationToken);

    Func<int, IReadOnlyList<TrainingExample>> Batches(SentencePieceTokenizer tokenizer)
    {
        var tokens = new ExampleTokens(tokenizer, new TokenRoleWeights());
        return step => _examples.Batch(step, tokens);
    }

    SentencePieceTokenizer Tokenizer(bool goesOn)
    {
        var file = Path.Combine(folder, SanCheckpoint.TokenizerFiles[0]);
        if (!goesOn)
        {
            _examples.TrainTokenizer().Save(file);
        }

        return SentencePieceTokenizer.Load(file);
    }
}
