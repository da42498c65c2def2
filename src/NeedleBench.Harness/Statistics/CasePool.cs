using System.Runtime.Intrinsics;

namespace NeedleBench.Harness.Statistics;

/// <summary>
/// Cases to draw from with replacement, each with up to four figures to sum. Where many cases have the same figures, the
/// sums of n draws are made from how often each kind is drawn (a multinomial draw, by binomials in turn) instead of from n
/// draws: the distribution is the same, and the time depends on the kinds alone.
/// </summary>
sealed class CasePool
{
    // A binomial draw costs about as much as this many draws of a case.
    const int DrawsPerBinomial = 64;

    readonly Vector256<double>[] _cases;
    readonly (Vector256<double> Figures, double Share)[]? _kinds;

    /// <param name="cases">At least one.</param>
    public CasePool(Vector256<double>[] cases)
    {
        _cases = cases;
        var counts = new Dictionary<Vector256<double>, int>();
        foreach (var figures in cases)
        {
            counts[figures] = counts.GetValueOrDefault(figures) + 1;
            if (counts.Count * DrawsPerBinomial > cases.Length)
            {
                return;
            }
        }

        // The most frequent first: few binomials then use up the draws. Shares are of the cases not in an earlier kind.
        var left = cases.Length;
        _kinds =
        [
            .. counts.OrderByDescending(k => k.Value)
                .ThenBy(k => k.Key[0]).ThenBy(k => k.Key[1]).ThenBy(k => k.Key[2]).ThenBy(k => k.Key[3])
                .Select(k =>
                {
                    var share = (double)k.Value / left;
                    left -= k.Value;
                    return (k.Key, share);
                }),
        ];
    }

    public int Count => _cases.Length;

    /// <summary>The sums over <paramref name="draws"/> cases.</summary>
    public Vector256<double> Draw(int draws, ref SplitMix64 random) =>
        _kinds is null ? DrawCases(draws, ref random) : DrawKinds(_kinds, draws, ref random);

    Vector256<double> DrawCases(int draws, ref SplitMix64 random)
    {
        var (cases, n) = (_cases, (ulong)_cases.Length);
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < draws; i += 2)
        {
            // Two draws from one number: each half times n, shifted (Lemire 2019); the bias is below n / 2³².
            var bits = random.Next();
            sum += cases[(int)(((bits >> 32) * n) >> 32)];
            if (i + 1 < draws)
            {
                sum += cases[(int)(((bits & 0xFFFF_FFFF) * n) >> 32)];
            }
        }

        return sum;
    }

    static Vector256<double> DrawKinds((Vector256<double> Figures, double Share)[] kinds, int draws, ref SplitMix64 random)
    {
        var sum = Vector256<double>.Zero;
        foreach (var (figures, share) in kinds)
        {
            if (draws == 0)
            {
                break;
            }

            var drawn = Binomial.Draw(draws, share, ref random);
            sum += figures * drawn;
            draws -= drawn;
        }

        return sum;
    }
}
