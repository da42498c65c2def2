namespace NeedleBench.Training.Network;

/// <summary>What is minimised.</summary>
public readonly record struct LossOptions()
{
    /// <summary>Weight of (log Z)² of the output distribution, which keeps logits from drifting; 0 leaves it out.</summary>
    public float ZLoss { get; init; }

    /// <summary>Weight of the retrieval head's contrastive loss, where the network has the head; 0 leaves it out.</summary>
    public float Retrieval { get; init; } = 0.1f;
}
