namespace NeedleBench.Harness.Statistics;

/// <summary>
/// The score interval of a rate (E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal
/// of the American Statistical Association 22, 1927): with p = hits/n and z the normal quantile,
/// <c>(p + z²/2n ± z·sqrt(p(1−p)/n + z²/4n²)) / (1 + z²/n)</c>. It stays inside [0, 1] and is honest at 0 and n hits.
/// </summary>
public static class Wilson
{
    /// <summary>The normal distribution's quantile at 0.975.</summary>
    const double Z = 1.959963984540054;

    /// <summary>The 95 % interval.</summary>
    /// <param name="hits">
    /// From 0 to <paramref name="n"/>. Need not be whole: the mean over a case's repeats counts as one case, whose variance a
    /// yes-or-no case's bounds, so the interval is not too narrow.
    /// </param>
    /// <param name="n">Independent cases, more than 0.</param>
    public static Interval Of(double hits, double n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, n);
        var p = hits / n;
        var z2n = Z * Z / n;
        var half = Z * Math.Sqrt((p * (1 - p) / n) + (z2n / (4 * n)));

        // At the ends the formula gives 0 and 1; rounding must not.
        return new Interval(
            hits == 0 ? 0 : (p + (z2n / 2) - half) / (1 + z2n),
            hits == n ? 1 : (p + (z2n / 2) + half) / (1 + z2n));
    }
}
