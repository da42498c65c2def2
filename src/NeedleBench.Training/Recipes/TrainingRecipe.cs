using System.Text.Json;
using System.Text.Json.Serialization;
using NeedleBench.San.Checkpoints;
using NeedleBench.Training.Network;
using NeedleBench.Training.Optimisers;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.Recipes;

/// <summary>A training run as a file: the same recipe on the same corpus and number of threads makes the same checkpoint.</summary>
public sealed record TrainingRecipe
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Of the model.</summary>
    public required string Name { get; init; }

    public required int HiddenSize { get; init; }

    public required int Heads { get; init; }

    public required int KeyValueHeads { get; init; }

    public required int EncoderLayers { get; init; }

    public required int DecoderLayers { get; init; }

    /// <summary>Width of the retrieval head's hidden layer; null for a quarter of the model's.</summary>
    public int? RetrievalHiddenSize { get; init; }

    /// <summary>Pieces of the tokenizer, which is trained on the corpus first.</summary>
    public required int VocabularySize { get; init; }

    public required int Steps { get; init; }

    /// <summary>Examples a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Only the first tools of each category, for a small corpus; 0 for all.</summary>
    public int ToolsPerCategory { get; init; }

    /// <summary>Only these categories; all where none is named.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Most tools that an example offers.</summary>
    public int MostTools { get; init; } = 8;

    /// <summary>From 0 (few tools, far apart) to 1 (many tools, alike).</summary>
    public double Difficulty { get; init; } = 0.7;

    /// <summary>
    /// What is easier before: each stage holds until its step, in rising order; behind the last, <see cref="MostTools"/> and
    /// <see cref="Difficulty"/> hold.
    /// </summary>
    public IReadOnlyList<CurriculumStage> Curriculum { get; init; } = [];

    /// <summary>Share of examples whose tools are renamed.</summary>
    public double Rename { get; init; } = 0.45;

    /// <summary>Share of examples with artificial tools.</summary>
    public double Artificial { get; init; } = 0.15;

    /// <summary>Share of examples with several calls.</summary>
    public double SeveralCalls { get; init; } = 0.2;

    /// <summary>Share of examples whose tool is not offered, though others of its category are; the answer is [].</summary>
    public double MissingTool { get; init; } = 0.05;

    /// <summary>Share of examples whose tools are all of another category; the answer is [].</summary>
    public double OffTopicRefusal { get; init; } = 0.035;

    /// <summary>Share of requests whose words are misspelt throughout.</summary>
    public double Garbled { get; init; }

    public int Warmup { get; init; } = 100;

    public double DecayShare { get; init; } = 0.4;

    public float MuonRate { get; init; } = 0.02f;

    public float AdamRate { get; init; } = 1.5e-3f;

    public float ZLoss { get; init; }

    /// <summary>Weight of the retrieval head's contrastive loss; 0 for a model without the head.</summary>
    public float Retrieval { get; init; }

    /// <summary>When and how the retrieval head is taught on its own; null where it learns from the examples' own requests.</summary>
    public RetrievalLessons? RetrievalLessons { get; init; }

    /// <summary>INT4 noise every so many steps; 0 for never.</summary>
    public int Int4NoiseEvery { get; init; }

    /// <summary>A checkpoint and an evaluation every so many steps.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>Examples that each evaluation decodes.</summary>
    public int EvaluationExamples { get; init; } = 100;

    /// <summary>
    /// Whether these are made of phrasings that are kept out of training; else of those that are trained on, filled anew.
    /// </summary>
    public bool EvaluateHeldOut { get; init; } = true;

    public ulong Seed { get; init; } = 1;

    /// <summary>The network's sizes.</summary>
    [JsonIgnore]
    public SanConfig Config => new()
    {
        HiddenSize = HiddenSize,
        Heads = Heads,
        KeyValueHeads = KeyValueHeads,
        EncoderLayers = EncoderLayers,
        DecoderLayers = DecoderLayers,
        VocabularySize = VocabularySize,
        RetrievalHiddenSize = RetrievalHiddenSize,
    };

    /// <summary>What the trainer needs.</summary>
    public TrainerOptions TrainerOptions(int threads) => new()
    {
        Schedule = new LearningRateSchedule { Steps = Steps, Warmup = Warmup, DecayShare = DecayShare },
        Optimiser = new OptimiserOptions { MuonRate = MuonRate, AdamRate = AdamRate },
        Loss = new LossOptions { ZLoss = ZLoss, Retrieval = Retrieval },
        Int4NoiseEvery = Int4NoiseEvery,
        Threads = threads,
    };

    /// <summary>The recipe as JSON with all its keys, defaults among them, for tools that know no defaults.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads a recipe.</summary>
    /// <exception cref="InputException">The file is missing, no JSON, or has a key that no recipe has.</exception>
    public static TrainingRecipe Read(string file)
    {
        const string Mend = "A recipe is a JSON object; smoke.json shows the keys.";
        try
        {
            var recipe = JsonSerializer.Deserialize<TrainingRecipe>(File.ReadAllBytes(file), Json)
                ?? throw new InputException("the file says null", Mend, file);
            recipe.Check(file);
            return recipe;
        }
        catch (JsonException e)
        {
            throw new InputException($"the recipe cannot be read ({e.Message.TrimEnd('.')})", Mend, file, e.LineNumber is { } n ? (int)n + 1 : null, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the recipe cannot be read ({e.Message.TrimEnd('.')})", "Name a recipe by its file, or one in the box.", file, inner: e);
        }
    }

    void Check(string file)
    {
        Config.Validate(file);
        if (Steps < 1 || BatchSize < 1 || CheckpointEvery < 1 || EvaluationExamples < 1 || MostTools is < 1 or > 8 || Warmup < 0 || DecayShare is < 0 or > 1
            || Difficulty is < 0 or > 1 || Retrieval < 0 || Curriculum.Any(s => s.MostTools is < 1 or > 8 || s.MostRequests < 0 || s.Difficulty is < 0 or > 1))
        {
            throw new InputException("a number is out of its range", "Steps, batches and evaluations are at least 1, tools 1 to 8, shares 0 to 1.", file);
        }

        if (RetrievalLessons is { } first
            && (Retrieval == 0 || first.Steps < 0 || first.From < 0 || first.Until > Steps || first.ExamplesEvery < 0 || first.RequestsATool < 1
                || first.Requests < 2 * first.RequestsATool || first.RequestsBeside < 0 || first.Domains < 0
                || !(first is { Misspelt: >= 0 and <= 1, Joined: >= 0 and <= 1, MergeDropout: >= 0 and <= 1 })))
        {
            throw new InputException(
                "the lessons of the retrieval head are out of range",
                "They take a retrieval weight above 0, no more steps than the run, two tools a step or more, and shares from 0 to 1.", file);
        }

        if (!Curriculum.Select(s => s.Until).SequenceEqual(Curriculum.Select(s => s.Until).Distinct().Order()))
        {
            throw new InputException("the stages of the curriculum are not in order", "Give them rising steps.", file);
        }
    }
}
