namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>How much two sets have in common.</summary>
readonly record struct Overlap(int Predicted, int Expected, int Shared)
{
    /// <summary>Of what was predicted, the share that was expected.</summary>
    public Tally Precision => new(Shared, Predicted);

    /// <summary>Of what was expected, the share that was predicted.</summary>
    public Tally Recall => new(Shared, Expected);

    /// <summary>The harmonic mean of the two over all cases, as a ratio of sums: <c>2·TP / (predicted + expected)</c>.</summary>
    public Tally F1 => new(2 * Shared, Predicted + Expected);

    /// <summary>Doubles count once on either side.</summary>
    public static Overlap Of(IEnumerable<string> predicted, IEnumerable<string> expected)
    {
        var predictedSet = new HashSet<string>(predicted, StringComparer.Ordinal);
        var expectedSet = new HashSet<string>(expected, StringComparer.Ordinal);
        var shared = 0;
        foreach (var item in predictedSet)
        {
            shared += expectedSet.Contains(item) ? 1 : 0;
        }

        return new Overlap(predictedSet.Count, expectedSet.Count, shared);
    }
}
