using System.Text.Json.Serialization;

namespace NeedleBench.Training.FineTuning;

/// <summary>
/// When to stop, and which step was best: the highest call F1 on the validation split, of equal ones the lowest loss there. A
/// validation split of twenty examples knows few values of F1; the loss goes on telling while it stands still.
/// </summary>
public sealed record EarlyStopping
{
    /// <summary>Evaluations in a row without a new best after which to stop.</summary>
    public required int Patience { get; init; }

    /// <summary>Steps done at the best evaluation; -1 before the first.</summary>
    public int BestStep { get; init; } = -1;

    public double BestF1 { get; init; }

    public double BestLoss { get; init; }

    /// <summary>Evaluations since the best.</summary>
    public int Misses { get; init; }

    [JsonIgnore]
    public bool ShouldStop => Misses >= Patience;

    /// <summary>This, after one more evaluation.</summary>
    public EarlyStopping Observe(int step, double f1, double loss) =>
        BestStep < 0 || f1 > BestF1 || (f1 == BestF1 && loss < BestLoss)
            ? this with { BestStep = step, BestF1 = f1, BestLoss = loss, Misses = 0 }
            : this with { Misses = Misses + 1 };
}
