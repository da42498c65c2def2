using System.Runtime.InteropServices;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>
/// Byte-pair encoding over counted words (Sennrich et al. 2016): the most frequent pair becomes a symbol, over and over.
/// Counts are kept up to date word by word, and a heap gives the next pair; a merge costs time only for the words that hold
/// it.
/// </summary>
sealed class PairMerger
{
    const int NoSymbol = -1;

    readonly WordTable _words;
    readonly PieceRules _rules;
    readonly List<(string Text, int Length)> _symbols = [];
    readonly Dictionary<ulong, SymbolPair?> _pairs = [];
    readonly PriorityQueue<SymbolPair, QueuedPair> _queue = new(new PairOrder());
    readonly List<SymbolPair> _fresh = [];
    readonly HashSet<string> _pieces = new(StringComparer.Ordinal);

    public PairMerger(WordTable words, IReadOnlyList<int> alphabet, PieceRules rules)
    {
        _words = words;
        _rules = rules;
        _symbols.AddRange(alphabet.Select(character => (Alphabet.TextOf(character), 1)));
        for (var word = 0; word < words.Count; word++)
        {
            Count(word, sign: 1, made: NoSymbol);
        }

        QueueFresh();
    }

    /// <summary>Makes the next merge.</summary>
    /// <returns>
    /// Its piece, or null where no pair is left. A piece that an earlier merge made from other halves is passed over, its
    /// pair left unmerged, as in SentencePiece.
    /// </returns>
    public string? MergeNext()
    {
        while (_queue.TryDequeue(out var pair, out var queued))
        {
            if (queued.Count != pair.Count)
            {
                Queue(pair);
            }
            else if (_pieces.Add(pair.Text))
            {
                Merge(pair);
                return pair.Text;
            }
        }

        return null;
    }

    void Merge(SymbolPair pair)
    {
        var made = _symbols.Count;
        _symbols.Add((pair.Text, pair.Length));
        foreach (var word in CollectionsMarshal.AsSpan(pair.Words))
        {
            if (Holds(_words[word], pair))
            {
                Count(word, sign: -1, made);
                _words.Shorten(word, Rewrite(_words[word], pair, made));
                Count(word, sign: 1, made);
            }
        }

        pair.Words.Clear();
        pair.Words.TrimExcess();
        QueueFresh();
    }

    static bool Holds(ReadOnlySpan<int> symbols, SymbolPair pair)
    {
        for (var i = 1; i < symbols.Length; i++)
        {
            if (symbols[i - 1] == pair.Left && symbols[i] == pair.Right)
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>How many symbols are left.</returns>
    static int Rewrite(Span<int> symbols, SymbolPair pair, int made)
    {
        var length = 0;
        for (var i = 0; i < symbols.Length; i++)
        {
            var merges = i + 1 < symbols.Length && symbols[i] == pair.Left && symbols[i + 1] == pair.Right;
            symbols[length++] = merges ? made : symbols[i];
            i += merges ? 1 : 0;
        }

        return length;
    }

    /// <summary>Adds a word's pairs to the counts, or takes them off.</summary>
    /// <param name="word">The word.</param>
    /// <param name="sign">1 or -1.</param>
    /// <param name="made">The symbol just made: pairs without it knew the word before.</param>
    void Count(int word, int sign, int made)
    {
        var symbols = _words[word];
        var occurrences = sign * _words.Occurrences(word);
        var overlaps = false;
        for (var i = 1; i < symbols.Length; i++)
        {
            var (left, right) = (symbols[i - 1], symbols[i]);
            overlaps = !overlaps && i > 1 && left == right && symbols[i - 2] == left;
            if (overlaps || Find(left, right) is not { } pair)
            {
                continue;
            }

            pair.Count += occurrences;
            if (sign > 0 && (made == NoSymbol || left == made || right == made) && (pair.Words.Count == 0 || pair.Words[^1] != word))
            {
                pair.Words.Add(word);
            }
        }
    }

    /// <returns>The pair, or null where no piece may be made of it.</returns>
    SymbolPair? Find(int left, int right)
    {
        ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, ((ulong)(uint)left << 32) | (uint)right, out var known);
        if (!known)
        {
            var (leftText, leftLength) = _symbols[left];
            var (rightText, rightLength) = _symbols[right];
            var text = leftText + rightText;
            if (_rules.Allows(text))
            {
                pair = new SymbolPair(left, right, text, leftLength, leftLength + rightLength);
                _fresh.Add(pair);
            }
        }

        return pair;
    }

    void QueueFresh()
    {
        foreach (var pair in _fresh)
        {
            Queue(pair);
        }

        _fresh.Clear();
    }

    void Queue(SymbolPair pair)
    {
        if (pair.Count > 0)
        {
            _queue.Enqueue(pair, new QueuedPair(pair, pair.Count));
        }
    }
}
