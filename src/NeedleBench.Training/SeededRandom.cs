namespace NeedleBench.Training;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, 2014): the same seed gives the same numbers on every machine and every version of the
/// runtime, which the platform's own generator does not promise.
/// </summary>
public sealed class SeededRandom(ulong seed)
{
    ulong _state = seed;

    /// <summary>A generator of its own for each part of some work: streams of different keys do not overlap in practice.</summary>
    public static SeededRandom For(ulong seed, ulong key) => new(new SeededRandom(seed ^ (key * 0x9E3779B97F4A7C15)).NextBits() ^ key);

    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="bound"/>).</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)(((NextBits() >> 32) * (ulong)bound) >> 32);
    }

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());
}
