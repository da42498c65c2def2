using System.Buffers;

namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>
/// The merges to come, lowest key first: a four-way heap in a pooled array. A key is a piece's rank above and a position
/// below, so that order by key is order by score, then leftmost.
/// </summary>
struct Agenda
{
    const int Ways = 4;

    ulong[] _keys;
    int _count;

    public Agenda(int capacity) => _keys = ArrayPool<ulong>.Shared.Rent(capacity);

    public static ulong Key(int rank, int position) => ((ulong)(uint)rank << 32) | (uint)position;

    /// <summary>Adds a key at the end, out of order: <see cref="Order"/> must come before the next <see cref="TryPop"/>.</summary>
    public void Append(ulong key)
    {
        if (_count == _keys.Length)
        {
            Grow();
        }

        _keys[_count++] = key;
    }

    /// <summary>Makes a heap of what was appended, in linear time.</summary>
    public readonly void Order()
    {
        for (var i = (_count - 2) / Ways; i >= 0 && _count > 1; i--)
        {
            Sink(i, _keys[i]);
        }
    }

    public void Push(ulong key)
    {
        Append(key);
        var i = _count - 1;
        while (i > 0)
        {
            var parent = (i - 1) / Ways;
            if (_keys[parent] <= key)
            {
                break;
            }

            _keys[i] = _keys[parent];
            i = parent;
        }

        _keys[i] = key;
    }

    public bool TryPop(out ulong key)
    {
        if (_count == 0)
        {
            key = 0;
            return false;
        }

        key = _keys[0];
        _count--;
        if (_count > 0)
        {
            Sink(0, _keys[_count]);
        }

        return true;
    }

    /// <summary>Gives the array back: the last thing to do with an agenda.</summary>
    public readonly void ReturnBuffer() => ArrayPool<ulong>.Shared.Return(_keys);

    /// <summary>Puts <paramref name="key"/> at <paramref name="i"/> or as far below as it must go.</summary>
    readonly void Sink(int i, ulong key)
    {
        var keys = _keys.AsSpan(0, _count);
        for (var child = (i * Ways) + 1; child < keys.Length; child = (i * Ways) + 1)
        {
            var least = child;
            for (var other = child + 1; other < Math.Min(child + Ways, keys.Length); other++)
            {
                if (keys[other] < keys[least])
                {
                    least = other;
                }
            }

            if (key <= keys[least])
            {
                break;
            }

            keys[i] = keys[least];
            i = least;
        }

        keys[i] = key;
    }

    void Grow()
    {
        var larger = ArrayPool<ulong>.Shared.Rent(_keys.Length * 2);
        _keys.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<ulong>.Shared.Return(_keys);
        _keys = larger;
    }
}
