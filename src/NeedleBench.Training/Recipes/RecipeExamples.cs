using NeedleBench.Training.Network;
using NeedleBench.Training.Synthesis;
using NeedleBench.Training.TokenizerTraining;

namespace NeedleBench.Training.Recipes;

/// <summary>
/// The examples that a recipe trains on, each a function of its index alone: the index says the step, the step the stage of the
/// curriculum. <see cref="TrainingRun"/> takes its batches from it, and an export writes the same examples to files. Any number
/// of threads may use one.
/// </summary>
public sealed class RecipeExamples
{
    // Validation data come from a stream of their own.
    const ulong HeldOutSeed = 0x5EED_0FF5;
    const ulong MergeStream = 0xD209_0077;

    readonly TrainingRecipe _recipe;
    readonly TrainingCorpus _corpus;
    readonly Lazy<ExampleSynthesiser>[] _stages;

    /// <param name="recipe">What to do.</param>
    /// <param name="corpus">Phrasings; what the recipe does not name is left out.</param>
    /// <exception cref="InputException">The corpus lacks a category that the recipe names.</exception>
    public RecipeExamples(TrainingRecipe recipe, TrainingCorpus corpus)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(corpus);
        _recipe = recipe;
        _corpus = Select(corpus, recipe);
        _stages =
        [
            .. Enumerable.Range(0, recipe.Curriculum.Count + 1)
                .Select(stage => new Lazy<ExampleSynthesiser>(() => new ExampleSynthesiser(_corpus, Options(heldOut: false, stage), recipe.Seed))),
        ];
    }

    /// <summary>The first index behind the last stage of the curriculum: from there on, examples are as hard as they get.</summary>
    public long LastStageFrom => (long)(_recipe.Curriculum.Count == 0 ? 0 : _recipe.Curriculum[^1].Until) * _recipe.BatchSize;

    /// <summary>What makes the training example of an index.</summary>
    /// <exception cref="InputException">The corpus has an error, or nothing that the recipe could use.</exception>
    public ExampleSynthesiser Training(long index) => _stages[_recipe.Curriculum.Count(s => s.Until <= index / _recipe.BatchSize)].Value;

    /// <summary>
    /// The examples of a step as tokens: the same for the same step, so that a resumed run sees what an unbroken one would
    /// have seen. Those that do not fit the model are left out.
    /// </summary>
    /// <exception cref="InputException">The corpus has an error, or nothing that the recipe could use.</exception>
    public IReadOnlyList<TrainingExample> Batch(int step, ExampleTokens tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var lessons = _recipe.RetrievalLessons;
        if (lessons is not null && lessons.AreAlone(step))
        {
            return [.. Requests(step, lessons.Requests, tokens)];
        }

        var batch = new List<TrainingExample>(_recipe.BatchSize);
        for (var index = (long)step * _recipe.BatchSize; index < (step + 1L) * _recipe.BatchSize; index++)
        {
            if (tokens.TryEncode(Training(index).Create(index), out var example))
            {
                batch.Add(example);
            }
        }

        return lessons is not { RequestsBeside: > 0 and var beside }
            ? batch
            : [.. batch.Select(e => e with { Pair = null }), .. step < lessons.From ? [] : Requests(step, beside, tokens)];
    }

    IEnumerable<TrainingExample> Requests(int step, int requests, ExampleTokens tokens)
    {
        // Each step has a stretch of the stream of its own, whichever of the two sizes it takes.
        var (lessons, each) = (_recipe.RetrievalLessons!, _recipe.RetrievalLessons!.RequestsATool);
        var stretch = (long)step * Math.Max(lessons.Requests, lessons.RequestsBeside);
        var synthesiser = Training((long)step * _recipe.BatchSize);
        return Enumerable.Range(0, requests / each)
            .Select(i => synthesiser.CreateRequests(stretch + i, each, lessons.Domains > 0 ? stretch + (i % lessons.Domains) : null))
            .SelectMany((requests, i) => tokens.Encode(requests, SkipsMerge(stretch + i)));
    }

    Func<bool>? SkipsMerge(long index)
    {
        var dropout = _recipe.RetrievalLessons!.MergeDropout;
        var random = new SeededRandom(_recipe.Seed ^ MergeStream, index);
        return dropout > 0 ? () => random.Chance(dropout) : null;
    }

    /// <summary>What makes evaluation examples: of phrasings that are kept out of training, where the recipe evaluates on these.</summary>
    /// <exception cref="InputException">The corpus has an error, or nothing that the recipe could use.</exception>
    public ExampleSynthesiser HeldOut() => new(_corpus, Options(_recipe.EvaluateHeldOut), _recipe.Seed ^ HeldOutSeed);

    /// <summary>Trains the recipe's tokenizer on the stream's texts.</summary>
    public TrainedTokenizer TrainTokenizer(CancellationToken cancellationToken = default) => TokenizerTrainer.Train(
        CorpusTexts.Of(_corpus, Options(heldOut: false), _recipe.Seed),
        new TokenizerTrainingOptions { VocabularySize = _recipe.VocabularySize },
        cancellationToken);

    SynthesisOptions Options(bool heldOut, int stage = int.MaxValue) => new()
    {
        HeldOut = heldOut,
        MostTools = stage < _recipe.Curriculum.Count ? _recipe.Curriculum[stage].MostTools : _recipe.MostTools,
        Difficulty = stage < _recipe.Curriculum.Count ? _recipe.Curriculum[stage].Difficulty : _recipe.Difficulty,
        MostRequests = stage < _recipe.Curriculum.Count ? _recipe.Curriculum[stage].MostRequests : null,
        Rename = _recipe.Rename,
        InventNames = _recipe.Rename > 0 ? new SynthesisOptions().InventNames : 0,
        Artificial = _recipe.Artificial,
        SeveralCalls = _recipe.SeveralCalls,
        MissingTool = _recipe.MissingTool,
        OffTopicRefusal = _recipe.OffTopicRefusal,
        Garbled = heldOut ? 0 : _recipe.Garbled,
        MisspeltRequests = heldOut ? 0 : _recipe.RetrievalLessons?.Misspelt ?? 0,
        JoinedRequests = heldOut ? 0 : _recipe.RetrievalLessons?.Joined ?? 0,
    };

    static TrainingCorpus Select(TrainingCorpus corpus, TrainingRecipe recipe)
    {
        var missing = recipe.Categories.Except(corpus.Categories.Select(c => c.Name)).ToList();
        if (missing.Count > 0)
        {
            throw new InputException($"the corpus has no category '{missing[0]}'", $"It has: {string.Join(", ", corpus.Categories.Select(c => c.Name))}.");
        }

        return new TrainingCorpus(
        [
            .. corpus.Categories
                .Where(c => recipe.Categories.Count == 0 || recipe.Categories.Contains(c.Name))
                .Select(c => recipe.ToolsPerCategory == 0 ? c : c with { Tools = [.. c.Tools.Take(recipe.ToolsPerCategory)] }),
        ]);
    }
}
