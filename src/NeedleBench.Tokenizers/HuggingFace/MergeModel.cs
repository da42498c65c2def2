using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>
/// Byte-pair encoding of words: a word's characters, then the merge of lowest rank, the leftmost of equals first, until
/// none is left (Sennrich et al. 2016). Work on a word is O(n log n); short words are remembered. Threads may share one.
/// </summary>
sealed class MergeModel
{
    /// <summary>How many words are remembered, and how long they may be: a few MB at most.</summary>
    const int MostWords = 32_768;
    const int LongestWord = 48;

    readonly TokenVocabulary _vocabulary;
    readonly MergeTable _merges;
    readonly MergeOptions _options;
    readonly int[] _characters = new int[0x10000];
    readonly int[]? _bytes;
    readonly ConcurrentDictionary<string, int[]> _words = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _wordsBySpan;
    int _wordCount;

    public MergeModel(TokenVocabulary vocabulary, MergeTable merges, MergeOptions options)
    {
        _vocabulary = vocabulary;
        _merges = merges;
        _options = options;
        _wordsBySpan = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _characters.AsSpan().Fill(PairTable.None);
        foreach (var (token, id) in vocabulary.Ids)
        {
            if (token.Length == 1)
            {
                _characters[token[0]] = id;
            }
        }

        _bytes = options.ByteFallback ? [.. Enumerable.Range(0, 256).Select(ByteToken)] : null;
    }

    public TokenVocabulary Vocabulary => _vocabulary;

    /// <summary>Appends the ids of a word without lone surrogates.</summary>
    public void Encode(ReadOnlySpan<char> word, List<int> ids)
    {
        if (word.Length == 1 && _characters[word[0]] is var only and >= 0)
        {
            ids.Add(only);
            return;
        }

        if (word.Length > LongestWord)
        {
            Merge(word, ids);
            return;
        }

        if (!_wordsBySpan.TryGetValue(word, out var known))
        {
            var before = ids.Count;
            Merge(word, ids);
            if (_wordCount < MostWords && _wordsBySpan.TryAdd(word, [.. CollectionsMarshal.AsSpan(ids)[before..]]))
            {
                Interlocked.Increment(ref _wordCount);
            }

            return;
        }

        ids.AddRange(known);
    }

    void Merge(ReadOnlySpan<char> word, List<int> ids)
    {
        if (_options.IgnoreMerges && _vocabulary.TryGetId(word, out var whole))
        {
            ids.Add(whole);
            return;
        }

        // A character has at most 3 bytes to each UTF-16 unit, and every symbol stands for at least one of them.
        var symbols = ArrayPool<Symbol>.Shared.Rent((word.Length * 3) + 1);
        try
        {
            var count = Read(word, symbols);
            Merge(symbols.AsSpan(0, count));
            for (var i = 0; i < count; i = symbols[i].Next)
            {
                ids.Add(symbols[i].Id);
            }
        }
        finally
        {
            ArrayPool<Symbol>.Shared.Return(symbols);
        }
    }

    /// <summary>Makes a symbol of each character, or of each of its bytes, or the unknown token; without that it is dropped.</summary>
    int Read(ReadOnlySpan<char> word, Span<Symbol> symbols)
    {
        var count = 0;
        var unknownPending = false;
        for (var i = 0; i < word.Length;)
        {
            var length = char.IsHighSurrogate(word[i]) && i + 1 < word.Length ? 2 : 1;
            var character = word.Slice(i, length);
            i += length;
            var id = length == 1 ? _characters[character[0]] : _vocabulary.TryGetId(character, out var pair) ? pair : PairTable.None;
            if (id >= 0)
            {
                if (unknownPending)
                {
                    symbols[count++].Id = _options.UnknownId;
                    unknownPending = false;
                }

                symbols[count++].Id = id;
            }
            else if (!TryReadBytes(character, symbols, ref count) && _options.UnknownId >= 0)
            {
                // As in the original, an unknown token waits for the next known character: bytes do not send it on.
                if (unknownPending && !_options.FuseUnknown)
                {
                    symbols[count++].Id = _options.UnknownId;
                }

                unknownPending = true;
            }
        }

        if (unknownPending)
        {
            symbols[count++].Id = _options.UnknownId;
        }

        return count;
    }

    bool TryReadBytes(ReadOnlySpan<char> character, Span<Symbol> symbols, ref int count)
    {
        if (_bytes is null)
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[4];
        utf8 = utf8[..Encoding.UTF8.GetBytes(character, utf8)];
        foreach (var value in utf8)
        {
            if (_bytes[value] < 0)
            {
                return false;
            }
        }

        foreach (var value in utf8)
        {
            symbols[count++].Id = _bytes[value];
        }

        return true;
    }

    void Merge(Span<Symbol> symbols)
    {
        var agenda = new Agenda(symbols.Length);
        try
        {
            for (var i = 0; i < symbols.Length; i++)
            {
                symbols[i].Previous = i - 1;
                symbols[i].Next = i + 1;
                symbols[i].Rank = i + 1 < symbols.Length ? _merges.Rank(symbols[i].Id, symbols[i + 1].Id) : PairTable.None;
                if (symbols[i].Rank >= 0)
                {
                    agenda.Append(Agenda.Key(symbols[i].Rank, i));
                }
            }

            agenda.Order();
            while (agenda.TryPop(out var key))
            {
                var left = (int)(uint)key;
                ref var symbol = ref symbols[left];

                // A key counts only while its pair is still there: a symbol's rank is that of its present pair.
                if (symbol.Rank != (int)(key >> 32))
                {
                    continue;
                }

                ref var right = ref symbols[symbol.Next];
                symbol.Id = _merges.Merged(symbol.Rank);
                symbol.Next = right.Next;
                right.Rank = PairTable.None;
                symbol.Rank = PairTable.None;
                if (symbol.Next < symbols.Length)
                {
                    symbols[symbol.Next].Previous = left;
                    FindPair(symbols, left, ref agenda);
                }

                if (symbol.Previous >= 0)
                {
                    FindPair(symbols, symbol.Previous, ref agenda);
                }
            }
        }
        finally
        {
            agenda.ReturnBuffer();
        }
    }

    void FindPair(Span<Symbol> symbols, int left, ref Agenda agenda)
    {
        ref var symbol = ref symbols[left];
        symbol.Rank = _merges.Rank(symbol.Id, symbols[symbol.Next].Id);
        if (symbol.Rank >= 0)
        {
            agenda.Push(Agenda.Key(symbol.Rank, left));
        }
    }

    int ByteToken(int value) => _vocabulary.TryGetId($"<0x{value:X2}>", out var id) ? id : PairTable.None;

    /// <summary>A part of the word: its token, its neighbours, and the rank of the merge with the right one.</summary>
    struct Symbol
    {
        public int Id;
        public int Previous;
        public int Next;
        public int Rank;
    }
}
