namespace NeedleBench.Harness.Statistics;

/// <summary>
/// Draws from the binomial distribution: by inversion where n·p is small, else by transformed rejection (W. Hörmann, The
/// generation of binomial random variates, Journal of Statistical Computation and Simulation 46, 1993: algorithm BTRD's
/// plain form, BTRS). Both are exact.
/// </summary>
public static class Binomial
{
    /// <summary>One draw: how many of <paramref name="n"/> trials succeed.</summary>
    /// <param name="n">At least 0.</param>
    /// <param name="p">The chance of success, in [0, 1].</param>
    /// <param name="random">Where the randomness comes from; moves on by as many numbers as are needed.</param>
    public static int Draw(int n, double p, ref SplitMix64 random) =>
        n <= 0 || p <= 0 ? 0
        : p >= 1 ? n
        : p > 0.5 ? n - Draw(n, 1 - p, ref random)
        : n * p < 10 ? Invert(n, p, ref random)
        : Reject(n, p, ref random);

    // Walks up the distribution function: f(k+1) = f(k)·(n−k)/(k+1)·p/q. At n·p < 10 and p ≤ 1/2, qⁿ is at least 1e-6.
    static int Invert(int n, double p, ref SplitMix64 random)
    {
        var odds = p / (1 - p);
        while (true)
        {
            var left = Uniform(ref random);
            var term = Math.Exp(n * Math.Log(1 - p));
            for (var k = 0; k <= n; k++)
            {
                if (left < term)
                {
                    return k;
                }

                left -= term;
                term *= (n - k) / (k + 1.0) * odds;
            }

            // Only rounding leads here.
        }
    }

    static int Reject(int n, double p, ref SplitMix64 random)
    {
        var deviation = Math.Sqrt(n * p * (1 - p));
        var b = 1.15 + (2.53 * deviation);
        var a = -0.0873 + (0.0248 * b) + (0.01 * p);
        var center = (n * p) + 0.5;
        var alpha = (2.83 + (5.1 / b)) * deviation;
        var vr = 0.92 - (4.2 / b);
        var logOdds = Math.Log(p / (1 - p));
        var mode = (int)((n + 1) * p);
        var logMode = LogFactorial(mode) + LogFactorial(n - mode);
        while (true)
        {
            var u = Uniform(ref random) - 0.5;
            var v = Uniform(ref random);
            var us = 0.5 - Math.Abs(u);
            var k = (int)Math.Floor((((2 * a / us) + b) * u) + center);
            if (us >= 0.07 && v <= vr)
            {
                return k;
            }

            if (k < 0 || k > n)
            {
                continue;
            }

            var bound = Math.Log(v * alpha / ((a / (us * us)) + b));
            if (bound <= logMode - LogFactorial(k) - LogFactorial(n - k) + ((k - mode) * logOdds))
            {
                return k;
            }
        }
    }

    /// <summary>ln k!, from Stirling's series above a short table; the error is below 1e-12.</summary>
    static double LogFactorial(int k)
    {
        if (k < LogFactorials.Length)
        {
            return LogFactorials[k];
        }

        var (x, inverse) = (k + 1.0, 1 / (k + 1.0));
        var square = inverse * inverse;
        return ((x - 0.5) * Math.Log(x)) - x + HalfLogTwoPi
            + (inverse * ((1 / 12.0) - (square * ((1 / 360.0) - (square / 1260.0)))));
    }

    const double HalfLogTwoPi = 0.918938533204672742;

    static readonly double[] LogFactorials = MakeLogFactorials(64);

    static double[] MakeLogFactorials(int count)
    {
        var table = new double[count];
        for (var k = 2; k < count; k++)
        {
            table[k] = table[k - 1] + Math.Log(k);
        }

        return table;
    }

    // The upper 53 bits, as a multiple of 2⁻⁵³ in [0, 1).
    static double Uniform(ref SplitMix64 random) => (random.Next() >> 11) * (1.0 / (1UL << 53));
}
