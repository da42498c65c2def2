using System.Buffers;

namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>
/// One encoding of one normalised text. The text is worked through in stretches that no merge can reach over: between
/// user-defined symbols and, where the model allows it, before each space. In a stretch the best pair is merged, the
/// leftmost of equals first, until none is left (Sennrich et al. 2016, with SentencePiece's scores for the order). The
/// symbols form a linked list in a pooled array, indexed by where in the stretch they begin; work is O(n log n).
/// </summary>
ref struct BytePairRun
{
    const int FirstCapacity = 256;

    readonly MergeRules _rules;
    readonly Vocabulary _vocabulary;
    readonly UserSymbols _userSymbols;
    readonly char _space;
    readonly ReadOnlySpan<char> _text;
    readonly List<int> _ids;
    Symbol[] _symbols;
    Agenda _agenda;
    readonly Cut[]? _cuts;
    readonly Func<bool>? _skipsMerge;
    bool _behindUnknown;

    BytePairRun(BytePairModel model, ReadOnlySpan<char> text, List<int> ids, Func<bool>? skipsMerge)
    {
        _skipsMerge = skipsMerge;
        _rules = model.Rules;
        _vocabulary = model.Vocabulary;
        _userSymbols = model.UserSymbols;
        _space = model.Normalizer.Space;
        _text = text;
        _ids = ids;
        _symbols = ArrayPool<Symbol>.Shared.Rent(FirstCapacity);
        _agenda = new Agenda(FirstCapacity);
        _cuts = _rules.TakesApart ? ArrayPool<Cut>.Shared.Rent(_rules.VocabularySize) : null;
    }

    /// <param name="model">The model's tables.</param>
    /// <param name="text">Normalised text without lone surrogates.</param>
    /// <param name="ids">Receives the ids at its end.</param>
    /// <param name="skipsMerge">Asked before each merge, which is left out where it says so; null for none.</param>
    public static void Encode(BytePairModel model, ReadOnlySpan<char> text, List<int> ids, Func<bool>? skipsMerge = null)
    {
        var run = new BytePairRun(model, text, ids, skipsMerge);
        try
        {
            run.Encode();
        }
        finally
        {
            run.ReturnBuffers();
        }
    }

    void Encode()
    {
        var position = 0;
        while (position < _text.Length)
        {
            var length = _userSymbols.LongestAt(_text[position..], out var id);
            if (length > 0)
            {
                _ids.Add(id);
                _behindUnknown = false;
            }
            else
            {
                length = ReadStretch(position);
                Merge(length);
                Write(_text.Slice(position, length));
            }

            position += length;
        }
    }

    readonly void ReturnBuffers()
    {
        ArrayPool<Symbol>.Shared.Return(_symbols);
        _agenda.ReturnBuffer();
        if (_cuts is not null)
        {
            ArrayPool<Cut>.Shared.Return(_cuts);
        }
    }

    /// <summary>Makes symbols of the characters from <paramref name="start"/> to the next place that no merge reaches over.</summary>
    /// <returns>The length of the stretch, at least one character.</returns>
    int ReadStretch(int start)
    {
        var length = 0;
        var previous = -1;
        do
        {
            if (length + 1 >= _symbols.Length)
            {
                Grow(length);
            }

            var rest = _text[(start + length)..];
            var symbol = _rules.FirstSymbol(rest, out var characterLength);
            _symbols[length] = new Symbol { Id = symbol, Length = characterLength, Previous = previous, Merged = PairTable.None };
            previous = length;
            length += characterLength;
        }
        while (start + length < _text.Length && !EndsAt(start + length));

        return length;
    }

    readonly bool EndsAt(int position) =>
        (_rules.SplitsBeforeSpace && _text[position] == _space && _text[position - 1] != _space)
        || _userSymbols.LongestAt(_text[position..], out _) > 0;

    void Merge(int length)
    {
        for (var left = 0; left + _symbols[left].Length is var right && right < length; left = right)
        {
            if (FindPair(left, right))
            {
                _agenda.Append(Agenda.Key(_rules.Rank(_symbols[left].Merged), left));
            }
        }

        _agenda.Order();
        while (_agenda.TryPop(out var key))
        {
            var left = (int)(uint)key;
            ref var symbol = ref _symbols[left];

            // A key whose pair is gone is dropped here; one whose pair has changed to another of the same rank stands for that.
            if (symbol.Merged == PairTable.None || _rules.Rank(symbol.Merged) != (int)(key >> 32))
            {
                continue;
            }

            if (_skipsMerge is not null && _skipsMerge())
            {
                continue;
            }

            ref var right = ref _symbols[left + symbol.Length];
            if (_cuts is not null && _rules.IsTakenApart(symbol.Merged))
            {
                // One cut a piece is enough: what is merged within a piece, and in which order, is the same wherever it stands.
                _cuts[symbol.Merged] = new Cut(symbol.Id, right.Id, symbol.Length);
            }

            right.Merged = PairTable.None;
            symbol.Id = symbol.Merged;
            symbol.Merged = PairTable.None;
            symbol.Length += right.Length;
            var next = left + symbol.Length;
            if (symbol.Previous >= 0)
            {
                PushPair(symbol.Previous, left);
            }

            if (next < length)
            {
                _symbols[next].Previous = left;
                PushPair(left, next);
            }
        }
    }

    void PushPair(int left, int right)
    {
        if (FindPair(left, right))
        {
            _agenda.Push(Agenda.Key(_rules.Rank(_symbols[left].Merged), left));
        }
    }

    /// <summary>Notes at <paramref name="left"/> what the two neighbours merge into.</summary>
    readonly bool FindPair(int left, int right)
    {
        ref var symbol = ref _symbols[left];
        var merged = _rules.Merge(symbol.Id, _symbols[right].Id);
        symbol.Merged = merged;
        return merged != PairTable.None;
    }

    void Write(ReadOnlySpan<char> stretch)
    {
        for (var i = 0; i < stretch.Length; i += _symbols[i].Length)
        {
            if (_cuts is not null)
            {
                TakeApart(i, _cuts);
            }

            var symbol = _symbols[i].Id;
            var known = symbol >= 0 && symbol < _rules.VocabularySize;
            if (known)
            {
                _ids.Add(symbol);
            }
            else if (!_vocabulary.TryAddBytes(stretch.Slice(i, _symbols[i].Length), _ids) && !_behindUnknown)
            {
                _ids.Add(_vocabulary.UnknownId);
            }

            _behindUnknown = !known;
        }
    }

    /// <summary>Cuts the symbol at <paramref name="i"/> until it is no unused piece that merging made; what is cut off stands behind it.</summary>
    readonly void TakeApart(int i, Cut[] cuts)
    {
        ref var symbol = ref _symbols[i];
        while (_rules.IsTakenApart(symbol.Id))
        {
            var cut = cuts[symbol.Id];
            _symbols[i + cut.Length] = new Symbol { Id = cut.Right, Length = symbol.Length - cut.Length };
            symbol.Id = cut.Left;
            symbol.Length = cut.Length;
        }
    }

    void Grow(int count)
    {
        var larger = ArrayPool<Symbol>.Shared.Rent(_symbols.Length * 2);
        _symbols.AsSpan(0, count).CopyTo(larger);
        ArrayPool<Symbol>.Shared.Return(_symbols);
        _symbols = larger;
    }

    /// <summary>A part of the stretch: its number, its length in UTF-16, where its left neighbour begins, what it and its right neighbour merge into.</summary>
    struct Symbol
    {
        public int Id;
        public int Length;
        public int Previous;
        public int Merged;
    }

    /// <summary>The symbols that an unused piece falls back into, and the length of the left one.</summary>
    readonly record struct Cut(int Left, int Right, int Length);
}
