using NeedleBench.Training.Network;
using NeedleBench.Training.Optimisers;

namespace NeedleBench.Training.Trainer;

/// <summary>Everything that decides what a training run comes to, but the data and the first weights.</summary>
public readonly record struct TrainerOptions()
{
    public required LearningRateSchedule Schedule { get; init; }

    public OptimiserOptions Optimiser { get; init; } = new();

    public LossOptions Loss { get; init; } = new();

    /// <summary>Threads; part of the result, because sums over threads are rounded in their order.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Every so many steps the projections take part as INT4 would hold them (groups of 32 along the input, scale max|w|/7),
    /// gradients passing straight through to the weights; 0 for never.
    /// </summary>
    public int Int4NoiseEvery { get; init; }
}
