using System.Buffers;

namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>The user-defined symbols of a model: at a place in the text, the longest one that begins there is taken whole.</summary>
sealed class UserSymbols
{
    readonly PieceTrie _trie = new();
    readonly SearchValues<char> _firstCharacters;

    public UserSymbols(IReadOnlyList<PieceEntry> pieces)
    {
        var first = new HashSet<char>();
        foreach (var (id, piece) in pieces.Index())
        {
            if (piece.Kind == PieceKind.UserDefined)
            {
                _trie.Add(piece.Text, id);
                first.Add(piece.Text[0]);
                HoldsSpace |= piece.Text.Contains(' ', StringComparison.Ordinal);
            }
        }

        _firstCharacters = SearchValues.Create([.. first]);
    }

    /// <summary>Whether a symbol holds U+0020, which whitespace folding must then leave alone.</summary>
    public bool HoldsSpace { get; }

    /// <returns>The length of the longest symbol at the start of <paramref name="text"/>, or 0.</returns>
    public int LongestAt(ReadOnlySpan<char> text, out int id)
    {
        id = PieceTrie.None;
        if (text.IsEmpty || !_firstCharacters.Contains(text[0]))
        {
            return 0;
        }

        var length = 0;
        var node = PieceTrie.Root;
        for (var i = 0; i < text.Length && (node = _trie.Step(node, text[i])) != PieceTrie.None; i++)
        {
            if (_trie.IdAt(node) != PieceTrie.None)
            {
                id = _trie.IdAt(node);
                length = i + 1;
            }
        }

        return length;
    }
}
