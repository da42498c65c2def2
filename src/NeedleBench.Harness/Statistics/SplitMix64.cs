namespace NeedleBench.Harness.Statistics;

/// <summary>
/// The SplitMix64 generator (Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014). Written out
/// here because System.Random may change between runtimes, and with it every interval.
/// </summary>
public struct SplitMix64(ulong seed)
{
    ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
