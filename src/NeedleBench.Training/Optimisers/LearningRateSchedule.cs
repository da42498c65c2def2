namespace NeedleBench.Training.Optimisers;

/// <summary>Warm-up, constant, linear decay to a fraction: a factor on every learning rate.</summary>
public readonly record struct LearningRateSchedule()
{
    /// <summary>Steps in all.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps over which the rate rises from 0.</summary>
    public int Warmup { get; init; } = 100;

    /// <summary>Share of the steps, at the end, over which the rate falls.</summary>
    public double DecayShare { get; init; } = 0.4;

    /// <summary>What it falls to.</summary>
    public double Floor { get; init; }

    /// <summary>The factor at a 0-based step.</summary>
    public float At(int step)
    {
        if (step < Warmup)
        {
            return (step + 1f) / (Warmup + 1);
        }

        var decayFrom = Steps * (1 - DecayShare);
        return step < decayFrom ? 1 : (float)Math.Max(Floor, Floor + ((1 - Floor) * (Steps - step) / (Steps - decayFrom)));
    }
}
