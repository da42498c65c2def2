using System.Text.Json.Serialization;

namespace NeedleBench.Training.FineTuning;

/// <summary>What a finished run came to.</summary>
/// <param name="Steps">Steps done.</param>
/// <param name="StoppedEarly">Whether it stopped because validation no longer got better.</param>
/// <param name="BestStep">The steps after which the kept checkpoint stood; 0 where none was better than the base.</param>
/// <param name="ValidationF1">Its call F1 on the validation split.</param>
/// <param name="Groups">The test split by tool.</param>
public sealed record FineTuneResult(int Steps, bool StoppedEarly, int BestStep, double ValidationF1, IReadOnlyList<GroupScore> Groups)
{
    /// <summary>Whether the run had ended before, and nothing was done now.</summary>
    [JsonIgnore]
    public bool WasFinished { get; init; }

    /// <summary>The base on the whole test split.</summary>
    [JsonIgnore]
    public CallScore Base => Groups.Select(g => g.Base).Aggregate(CallScore.Add);

    /// <summary>The tuned model on the whole test split.</summary>
    [JsonIgnore]
    public CallScore Tuned => Groups.Select(g => g.Tuned).Aggregate(CallScore.Add);
}
