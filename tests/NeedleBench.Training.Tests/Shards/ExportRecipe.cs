using NeedleBench.Training.Recipes;

namespace NeedleBench.Training.Tests.Shards;

/// <summary>A small recipe with a curriculum, on the vocabulary of the model in the box, so that no tokenizer need be trained.</summary>
static class ExportRecipe
{
    public const string Category = "smart_home";

    public static TrainingRecipe Create() => new()
    {
        Name = "export",
        HiddenSize = 32,
        Heads = 2,
        KeyValueHeads = 1,
        EncoderLayers = 2,
        DecoderLayers = 1,
        VocabularySize = 4096,
        Steps = 40,
        BatchSize = 16,
        Categories = [Category],
        MostTools = 4,
        Difficulty = 0.7,
        Curriculum = [new CurriculumStage(2, 1, 0), new CurriculumStage(4, 2, 0.2)],
        Rename = 0,
        Artificial = 0,
        Warmup = 4,
        AdamRate = 5e-3f,
        ZLoss = 1e-4f,
        Retrieval = 0.1f,
        Int4NoiseEvery = 4,
        CheckpointEvery = 20,
        Seed = 7,
    };

    public static string Tokenizer => RepositoryFiles.InRepository("src/NeedleBench.San/Models/san-nano/tokenizer.model");
}
