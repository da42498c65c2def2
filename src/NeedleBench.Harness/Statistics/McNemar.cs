namespace NeedleBench.Harness.Statistics;

/// <summary>
/// McNemar's test of two answers to each of the same cases (Q. McNemar, Note on the sampling error of the difference between
/// correlated proportions or percentages, Psychometrika 12, 1947) in its exact form: cases that both got right or both wrong
/// say nothing, and of the others either is as likely to favour the one as the other if the two are equally good.
/// </summary>
public static class McNemar
{
    /// <summary>
    /// The two-sided p-value: with n = b + c discordant cases, <c>min(1, 2·Σ C(n,k)/2ⁿ for k from 0 to min(b, c))</c>, which
    /// is that of <c>binom.test(b, n)</c> in R. 1 where no case is discordant. Good to nine digits.
    /// </summary>
    /// <param name="b">Cases that only the first got right, at least 0.</param>
    /// <param name="c">Cases that only the second got right, at least 0.</param>
    public static double Exact(int b, int c)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        var (n, least) = ((long)b + c, Math.Min(b, c));
        if (b == c)
        {
            return 1;
        }

        // The largest term by logarithms, because 2ⁿ overflows; each smaller one from the one above it.
        var logTerm = -n * Math.Log(2);
        for (var k = 1; k <= least; k++)
        {
            logTerm += Math.Log((double)(n - k + 1) / k);
        }

        var (sum, term) = (0.0, 1.0);
        for (var k = least; k >= 0 && term > sum * 1e-18; k--)
        {
            sum += term;
            term *= k / (double)(n - k + 1);
        }

        return Math.Min(1, 2 * Math.Exp(logTerm) * sum);
    }
}
