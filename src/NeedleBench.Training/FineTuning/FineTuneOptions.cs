using System.Text.Json.Serialization;
using NeedleBench.Training.Optimisers;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.FineTuning;

/// <summary>
/// Everything that decides what a fine-tuning run comes to, but the base, the data and the corpus. The rates are half
/// (Muon) and two thirds (AdamW) of those from nothing, and fall from the warm-up on. They come from two runs on san-nano that
/// differed in replay and tools as well, so what each contributes is not known.
/// </summary>
public readonly record struct FineTuneOptions()
{
    /// <summary>Most steps; where null, <see cref="Epochs"/> alone decides.</summary>
    public int? Steps { get; init; }

    /// <summary>Most passes over the training split.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Examples a step, replayed ones included.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Share of each batch that the corpus's synthesiser makes, so that what the base can do is kept.</summary>
    public double Replay { get; init; } = 0.4;

    /// <summary>Share of the user's examples whose tools are shuffled and set beside others, anew at each use.</summary>
    public double Vary { get; init; } = 0.5;

    /// <summary>Share of replayed examples that offer one of the user's tools, which nobody asks for there.</summary>
    public double Beside { get; init; } = 0.25;

    /// <summary>Most tools that a varied or replayed example offers, 1 to 8.</summary>
    public int MostTools { get; init; } = 6;

    /// <summary>Learning rate of Muon after the warm-up.</summary>
    public float MuonRate { get; init; } = 1e-2f;

    /// <summary>Learning rate of AdamW after the warm-up.</summary>
    public float AdamRate { get; init; } = 1e-3f;

    /// <summary>Steps over which the rates rise; from there they fall in a straight line to 0.</summary>
    public int Warmup { get; init; } = 20;

    /// <summary>The validation split is decoded every so many steps.</summary>
    public int EvaluateEvery { get; init; } = 50;

    /// <summary>Evaluations in a row without a new best after which training stops.</summary>
    public int Patience { get; init; } = 6;

    /// <summary>Most validation examples that an evaluation decodes.</summary>
    public int MostValidation { get; init; } = 200;

    /// <summary>Decides the split and the order of everything.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; part of the result, because sums over threads are rounded in their order.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Examples of a batch that are replayed; at least one is always the user's.</summary>
    [JsonIgnore]
    public int ReplayedPerBatch => Math.Min(BatchSize - 1, (int)Math.Round(Replay * BatchSize, MidpointRounding.AwayFromZero));

    /// <summary>Steps in all for so many training examples, where nothing stops it early.</summary>
    public int StepsFor(int examples)
    {
        var own = BatchSize - ReplayedPerBatch;
        var steps = (int)Math.Min(int.MaxValue, (((long)Epochs * examples) + own - 1) / own);
        return Math.Min(Steps ?? int.MaxValue, steps);
    }

    /// <summary>What the trainer needs.</summary>
    public TrainerOptions TrainerOptions(int steps) => new()
    {
        Schedule = new LearningRateSchedule { Steps = steps, Warmup = Math.Min(Warmup, steps / 4), DecayShare = 1 },
        Optimiser = new OptimiserOptions { MuonRate = MuonRate, AdamRate = AdamRate },
        Threads = Threads,
    };

    /// <exception cref="InputException">A number is out of its range.</exception>
    public void Check()
    {
        if (Steps < 1 || Epochs < 1 || BatchSize < 1 || EvaluateEvery < 1 || Patience < 1 || MostValidation < 1 || Threads < 1
            || Warmup < 0 || MostTools is < 1 or > 8)
        {
            throw new InputException("a number of the fine-tuning options is out of its range",
                "Steps, epochs, batch, patience and threads are at least 1, tools 1 to 8.");
        }

        if (!(Replay is >= 0 and < 1) || !(Vary is >= 0 and <= 1) || !(Beside is >= 0 and <= 1))
        {
            throw new InputException("a share of the fine-tuning options is out of its range", "The replayed share is from 0 to below 1.");
        }

        if (!(MuonRate is > 0 and < 1) || !(AdamRate is > 0 and < 1))
        {
            throw new InputException("a learning rate is out of its range", "Give one above 0 and below 1.");
        }
    }
}
