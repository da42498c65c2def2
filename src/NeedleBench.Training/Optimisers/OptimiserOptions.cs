namespace NeedleBench.Training.Optimisers;

/// <summary>How weights are moved: Muon for projections, AdamW for all else.</summary>
public readonly record struct OptimiserOptions()
{
    /// <summary>Learning rate of Muon at the schedule's height.</summary>
    public float MuonRate { get; init; } = 0.02f;

    public float MuonMomentum { get; init; } = 0.95f;

    /// <summary>Learning rate of AdamW at the schedule's height.</summary>
    public float AdamRate { get; init; } = 1.5e-3f;

    public float Beta1 { get; init; } = 0.9f;

    public float Beta2 { get; init; } = 0.95f;

    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>Decoupled, times the learning rate; norms and gates are not decayed.</summary>
    public float WeightDecay { get; init; }

    /// <summary>The gradient's global L2 norm is held to this; 0 leaves it.</summary>
    public float ClipNorm { get; init; } = 1f;
}
