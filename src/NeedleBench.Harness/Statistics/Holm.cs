namespace NeedleBench.Harness.Statistics;

/// <summary>
/// Holm's step-down adjustment of p-values (S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian
/// Journal of Statistics 6, 1979): rejecting where the adjusted value is at most α keeps the chance of any false rejection
/// at α, whatever the tests have to do with each other.
/// </summary>
public static class Holm
{
    /// <summary>
    /// The adjusted values, in the order given: the i-th smallest of m becomes the largest of <c>(m − j + 1)·p₍ⱼ₎</c> over
    /// j ≤ i, at most 1. That of <c>p.adjust(p, "holm")</c> in R.
    /// </summary>
    /// <param name="pValues">Each in [0, 1]; may be none.</param>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        var values = pValues.ToArray();
        foreach (var p in values)
        {
            if (p is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(pValues), p, "A p-value lies in [0, 1].");
            }
        }

        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var adjusted = new double[values.Length];
        var largest = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - rank) * values[order[rank]]));
            adjusted[order[rank]] = largest;
        }

        return adjusted;
    }
}
