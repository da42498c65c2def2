using System.Runtime.InteropServices;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>
/// The distinct words as rows of symbols in one array. Symbols below <see cref="Alphabet"/>'s count are its characters;
/// characters outside it cut a word, as no merge can span them.
/// </summary>
sealed class WordTable
{
    readonly List<int> _symbols = [];
    readonly List<int> _starts = [];
    readonly List<int> _lengths = [];
    readonly List<long> _counts = [];

    public WordTable(IReadOnlyDictionary<string, long> words, IReadOnlyList<int> alphabet)
    {
        var symbolOf = alphabet.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        foreach (var (word, count) in words)
        {
            var start = _symbols.Count;
            foreach (var rune in word.EnumerateRunes())
            {
                if (symbolOf.TryGetValue(rune.Value, out var symbol))
                {
                    _symbols.Add(symbol);
                }
                else
                {
                    start = End(start, count);
                }
            }

            End(start, count);
        }
    }

    public int Count => _starts.Count;

    /// <summary>How often a word stood in the corpus.</summary>
    public long Occurrences(int word) => _counts[word];

    /// <summary>A word's symbols, to be read and rewritten in place.</summary>
    public Span<int> this[int word] =>
        CollectionsMarshal.AsSpan(_symbols).Slice(_starts[word], _lengths[word]);

    /// <summary>Merging leaves a word with fewer symbols, at the front of its row.</summary>
    public void Shorten(int word, int length) => _lengths[word] = length;

    int End(int start, long count)
    {
        var length = _symbols.Count - start;
        if (length > 1)
        {
            _starts.Add(start);
            _lengths.Add(length);
            _counts.Add(count);
        }
        else
        {
            _symbols.RemoveRange(start, length);
        }

        return _symbols.Count;
    }
}
