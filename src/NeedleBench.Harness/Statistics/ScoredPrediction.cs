using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Statistics;

/// <summary>A score and the prediction that it is of.</summary>
readonly record struct ScoredPrediction(CaseScore Score, Prediction Prediction)
{
    /// <summary>Brings a case's repeats together, and makes sums independent of the order of the lines.</summary>
    public static Comparison<ScoredPrediction> ByCase { get; } = (a, b) =>
        string.CompareOrdinal(a.Score.Suite, b.Score.Suite) is not 0 and var suite ? suite
        : string.CompareOrdinal(a.Score.Case, b.Score.Case) is not 0 and var id ? id
        : a.Score.Repeat.CompareTo(b.Score.Repeat);

    public bool IsOfCase(ScoredPrediction other) => Score.Case == other.Score.Case && Score.Suite == other.Score.Suite;
}
