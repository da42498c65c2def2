using System.Text;

namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>
/// The merges of a model, worked out once. A symbol is what a text consists of while it is merged: a piece (its number is
/// the piece's id), or a character that is no piece but stands in one (numbers from the vocabulary size on), or a
/// character that no piece holds (-1). Every symbol that can arise is one of these, because merging only ever makes
/// pieces; so a pair of numbers decides what a pair of strings decides in the library.
/// </summary>
sealed class MergeRules
{
    readonly PairTable _pairs;
    readonly int[] _ranks;
    readonly bool[] _takenApart;
    readonly int[] _basicCharacters = new int[char.MaxValue + 1];
    readonly Dictionary<int, int> _otherCharacters = [];

    public MergeRules(IReadOnlyList<PieceEntry> pieces, char space)
    {
        VocabularySize = pieces.Count;
        _ranks = RankByScore(pieces);
        _basicCharacters.AsSpan().Fill(PairTable.None);
        NumberCharacters(pieces);
        _pairs = new PairTable(FindPairs(pieces));

        _takenApart = [.. pieces.Select(piece => piece.Kind == PieceKind.Unused && !IsOneCharacter(piece.Text))];
        TakesApart = _takenApart.Contains(true);
        SplitsBeforeSpace = !pieces.Any(piece => IsMergeable(piece) && HoldsInnerSpace(piece.Text, space));
    }

    public int VocabularySize { get; }

    /// <summary>Whether merging can pass through an unused piece.</summary>
    public bool TakesApart { get; }

    /// <summary>Whether no merge can reach over a place where a space follows another character: the words are independent.</summary>
    public bool SplitsBeforeSpace { get; }

    /// <returns>The piece that the pair merges into, or <see cref="PairTable.None"/>.</returns>
    public int Merge(int left, int right) => _pairs.Find(left, right);

    /// <summary>The place of a piece in the order of merging: lower is earlier, equal scores have equal ranks.</summary>
    public int Rank(int id) => _ranks[id];

    /// <summary>Whether a symbol is an unused piece that merging made.</summary>
    public bool IsTakenApart(int symbol) => (uint)symbol < (uint)_takenApart.Length && _takenApart[symbol];

    /// <summary>The symbol that the character at the start of <paramref name="text"/> is, and its length in UTF-16.</summary>
    public int FirstSymbol(ReadOnlySpan<char> text, out int length)
    {
        if (text.Length > 1 && char.IsSurrogatePair(text[0], text[1]))
        {
            length = 2;
            return _otherCharacters.GetValueOrDefault(char.ConvertToUtf32(text[0], text[1]), PairTable.None);
        }

        length = 1;
        return _basicCharacters[text[0]];
    }

    // A user-defined symbol is cut out of the text before it is merged, so no merge can make one or reach into one.
    static bool IsMergeable(PieceEntry piece) => piece.Kind is PieceKind.Normal or PieceKind.Unused;

    static bool IsOneCharacter(string text) => text.Length == 1 || (text.Length == 2 && char.IsSurrogatePair(text[0], text[1]));

    static bool HoldsInnerSpace(string text, char space)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == space && text[i - 1] != space)
            {
                return true;
            }
        }

        return false;
    }

    static int[] RankByScore(IReadOnlyList<PieceEntry> pieces)
    {
        var order = pieces.Select(piece => piece.Score).Distinct().OrderDescending().Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        return [.. pieces.Select(piece => order[piece.Score])];
    }

    void NumberCharacters(IReadOnlyList<PieceEntry> pieces)
    {
        foreach (var (id, piece) in pieces.Index())
        {
            if (IsMergeable(piece) && IsOneCharacter(piece.Text))
            {
                SetCharacter(char.ConvertToUtf32(piece.Text, 0), id);
            }
        }

        var next = pieces.Count;
        foreach (var piece in pieces.Where(IsMergeable))
        {
            foreach (var rune in piece.Text.EnumerateRunes())
            {
                if (SymbolOf(rune) == PairTable.None)
                {
                    SetCharacter(rune.Value, next++);
                }
            }
        }
    }

    int SymbolOf(Rune character) =>
        character.IsBmp ? _basicCharacters[character.Value] : _otherCharacters.GetValueOrDefault(character.Value, PairTable.None);

    void SetCharacter(int character, int symbol)
    {
        if (character <= char.MaxValue)
        {
            _basicCharacters[character] = symbol;
        }
        else
        {
            _otherCharacters[character] = symbol;
        }
    }

    /// <summary>
    /// Every way to cut a piece in two symbols. Tries from both ends find the pieces that begin and that end it in one
    /// pass each, so that the work is linear in the size of the vocabulary whatever its pieces look like.
    /// </summary>
    List<(int Left, int Right, int Merged)> FindPairs(IReadOnlyList<PieceEntry> pieces)
    {
        var forward = new PieceTrie();
        var backward = new PieceTrie();
        Span<char> reversed = new char[pieces.Max(piece => piece.Text.Length)];
        foreach (var (id, piece) in pieces.Index())
        {
            if (IsMergeable(piece))
            {
                var mirror = reversed[..piece.Text.Length];
                piece.Text.CopyTo(mirror);
                mirror.Reverse();
                forward.Add(piece.Text, id);
                backward.Add(mirror, id);
            }
        }

        var pairs = new List<(int Left, int Right, int Merged)>(pieces.Count);
        Span<int> tails = new int[reversed.Length];
        foreach (var (id, piece) in pieces.Index())
        {
            if (IsMergeable(piece) && !IsOneCharacter(piece.Text))
            {
                AddPairs(piece.Text, id, forward, backward, tails, pairs);
            }
        }

        return pairs;
    }

    void AddPairs(
        string text, int id, PieceTrie forward, PieceTrie backward, Span<int> tails, List<(int Left, int Right, int Merged)> pairs)
    {
        var node = PieceTrie.Root;
        for (var i = text.Length - 1; i > 0; i--)
        {
            node = backward.Step(node, text[i]);
            var tail = text.AsSpan(i);
            var character = FirstSymbol(tail, out var length);
            tails[i] = length == tail.Length ? character : backward.IdAt(node);
        }

        node = PieceTrie.Root;
        var first = FirstSymbol(text, out var firstLength);
        for (var i = 1; i < text.Length; i++)
        {
            node = forward.Step(node, text[i - 1]);
            var head = i == firstLength ? first : forward.IdAt(node);
            if (head >= 0 && tails[i] >= 0)
            {
                pairs.Add((head, tails[i], id));
            }
        }
    }
}
