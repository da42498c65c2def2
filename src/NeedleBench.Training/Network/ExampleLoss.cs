namespace NeedleBench.Training.Network;

/// <summary>Sums over the targets of one example or of many.</summary>
/// <param name="Weighted">Σ weight · (cross-entropy + z-loss), nats.</param>
/// <param name="Weight">Σ weight.</param>
/// <param name="Correct">Targets of weight above 0 that had the highest logit.</param>
/// <param name="Targets">Targets of weight above 0.</param>
/// <param name="Contrastive">Σ over the retrieval head's pairs of their contrastive loss, nats, without its weight.</param>
/// <param name="Pairs">How many pairs.</param>
public readonly record struct ExampleLoss(double Weighted, double Weight, int Correct, int Targets, double Contrastive = 0, int Pairs = 0)
{
    /// <summary>Weighted mean, nats a token.</summary>
    public double Mean => Weight > 0 ? Weighted / Weight : 0;

    public static ExampleLoss operator +(ExampleLoss a, ExampleLoss b) => Add(a, b);

    public static ExampleLoss Add(ExampleLoss a, ExampleLoss b) =>
        new(
            a.Weighted + b.Weighted, a.Weight + b.Weight, a.Correct + b.Correct, a.Targets + b.Targets,
            a.Contrastive + b.Contrastive, a.Pairs + b.Pairs);
}
