namespace NeedleBench.Training;

/// <summary>
/// The SplitMix64 generator (Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014). Written out
/// here because System.Random may change between runtimes, and with it every training run.
/// </summary>
sealed class SeededRandom
{
    const ulong Step = 0x9E3779B97F4A7C15;

    ulong _state;

    public SeededRandom(ulong seed) => _state = seed;

    /// <summary>A generator for one element of a stream: neighbouring indices give unrelated numbers.</summary>
    public SeededRandom(ulong seed, long index) => _state = Mix(Mix(seed + Step) ^ Mix((ulong)index * Step));

    public ulong Next() => Mix(_state += Step);

    /// <summary>A number from 0 to one below <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

    /// <summary>True with this probability.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>An index with probability in proportion to its weight.</summary>
    public int Weighted(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var left = NextDouble() * total;
        for (var i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }

    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
