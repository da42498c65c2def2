using System.Numerics;

namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>
/// A hash table from two neighbouring symbols to the piece they merge into: open addressing over two flat arrays, at most
/// half full, so that the many misses of a text's first pass end after one or two probes.
/// </summary>
sealed class PairTable
{
    public const int None = -1;

    const ulong Empty = ulong.MaxValue;

    readonly ulong[] _keys;
    readonly int[] _merged;
    readonly int _shift;

    public PairTable(IReadOnlyCollection<(int Left, int Right, int Merged)> pairs)
    {
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, checked(pairs.Count * 2)));
        _keys = new ulong[size];
        _merged = new int[size];
        _shift = 64 - BitOperations.Log2(size);
        _keys.AsSpan().Fill(Empty);
        foreach (var (left, right, merged) in pairs)
        {
            var key = Key(left, right);
            var slot = Slot(key);
            while (_keys[slot] != Empty)
            {
                slot = (slot + 1) & (_keys.Length - 1);
            }

            _keys[slot] = key;
            _merged[slot] = merged;
        }
    }

    /// <returns>The id of the merged piece, or <see cref="None"/>; a negative symbol merges with nothing.</returns>
    public int Find(int left, int right)
    {
        if ((left | right) < 0)
        {
            return None;
        }

        var key = Key(left, right);
        var keys = _keys;
        for (var slot = Slot(key); ; slot = (slot + 1) & (keys.Length - 1))
        {
            if (keys[slot] == key)
            {
                return _merged[slot];
            }

            if (keys[slot] == Empty)
            {
                return None;
            }
        }
    }

    static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    // Fibonacci hashing: the high bits of the product depend on all bits of both symbols.
    int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);
}
