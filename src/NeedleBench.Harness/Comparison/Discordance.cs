using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Comparison;

/// <summary>How two models' exact matches fall together, and McNemar's exact test of them.</summary>
/// <param name="BothRight">Cases that both got right.</param>
/// <param name="OnlyBaseline">Cases that the candidate lost: McNemar's b.</param>
/// <param name="OnlyCandidate">Cases that it won: McNemar's c.</param>
/// <param name="BothWrong">Cases that neither got right.</param>
public sealed record Discordance(int BothRight, int OnlyBaseline, int OnlyCandidate, int BothWrong)
{
    public int Cases => BothRight + OnlyBaseline + OnlyCandidate + BothWrong;

    /// <summary>Two-sided: <see cref="McNemar.Exact"/>.</summary>
    public double PValue { get; } = McNemar.Exact(OnlyBaseline, OnlyCandidate);
}
