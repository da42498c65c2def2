namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>A text and the pieces it is cut into so far, in order; of one encoding, for one thread.</summary>
sealed class PieceList
{
    List<Piece> _pieces = [];
    List<Piece> _nextPieces = [];
    char[] _text = new char[256];
    char[] _nextText = new char[256];
    int _nextLength;

    /// <summary>A list for the matches of a splitter, to be emptied by whoever uses it.</summary>
    public List<Match> Matches { get; } = [];

    public int Count => _pieces.Count;

    /// <summary>Starts anew with a text of one piece.</summary>
    /// <param name="text">A text without lone surrogates.</param>
    /// <param name="isFirst">Whether the whole input begins with it.</param>
    public void Start(ReadOnlySpan<char> text, bool isFirst)
    {
        _pieces.Clear();
        Append(text);
        _nextPieces.Add(new Piece(0, text.Length, isFirst));
        SwapText();
        SwapPieces();
    }

    public ReadOnlySpan<char> this[int i] => _text.AsSpan(_pieces[i].Start, _pieces[i].Length);

    /// <summary>Whether the whole input begins with this piece.</summary>
    public bool IsFirst(int i) => _pieces[i].IsFirst;

    /// <summary>Cuts every piece: <paramref name="cut"/> names the parts of a piece, of which empty ones are dropped.</summary>
    public void Cut(Action<PieceList, int> cut)
    {
        for (var i = 0; i < _pieces.Count; i++)
        {
            cut(this, i);
        }

        SwapPieces();
    }

    /// <summary>Within <see cref="Cut"/>: a part of piece <paramref name="i"/>.</summary>
    public void Add(int i, int start, int end)
    {
        var piece = _pieces[i];
        if (end > start)
        {
            _nextPieces.Add(new Piece(piece.Start + start, end - start, piece.IsFirst && start == 0));
        }
    }

    /// <summary>Writes every piece anew.</summary>
    /// <param name="expansion">How many units each unit of a piece may become.</param>
    /// <param name="extra">How many may come on top of that to each piece.</param>
    /// <param name="write">Gets the piece, whether it is the first of the input, and the room; returns the length.</param>
    public void Rewrite(int expansion, int extra, PieceWriter write)
    {
        foreach (var piece in _pieces)
        {
            var room = Room((piece.Length * expansion) + extra);
            var length = write(_text.AsSpan(piece.Start, piece.Length), piece.IsFirst, room);
            _nextPieces.Add(new Piece(_nextLength, length, piece.IsFirst));
            _nextLength += length;
        }

        SwapText();
        SwapPieces();
    }

    void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Room(text.Length));
        _nextLength += text.Length;
    }

    Span<char> Room(int length)
    {
        if (_nextText.Length - _nextLength < length)
        {
            Array.Resize(ref _nextText, Math.Max(_nextText.Length * 2, _nextLength + length));
        }

        return _nextText.AsSpan(_nextLength, length);
    }

    void SwapText()
    {
        (_text, _nextText) = (_nextText, _text);
        _nextLength = 0;
    }

    void SwapPieces()
    {
        (_pieces, _nextPieces) = (_nextPieces, _pieces);
        _nextPieces.Clear();
    }

    readonly record struct Piece(int Start, int Length, bool IsFirst);
}

/// <summary>Writes a piece anew into the room given, and says how long it is now.</summary>
delegate int PieceWriter(ReadOnlySpan<char> piece, bool isFirst, Span<char> room);
