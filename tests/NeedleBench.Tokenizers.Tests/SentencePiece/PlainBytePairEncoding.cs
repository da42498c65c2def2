namespace NeedleBench.Tokenizers.Tests.SentencePiece;

/// <summary>
/// SentencePiece's algorithm said as plainly as it can be, on strings and with a list for an agenda: an independent and
/// slow second opinion for models that no published vectors cover.
/// </summary>
sealed class PlainBytePairEncoding(IReadOnlyList<(string Text, float Score, PieceKind Kind)> pieces)
{
    readonly Dictionary<string, int> _ids = pieces.Index()
        .Where(piece => piece.Item.Kind is PieceKind.Normal or PieceKind.UserDefined or PieceKind.Unused)
        .ToDictionary(piece => piece.Item.Text, piece => piece.Index);

    /// <summary>The strings that a normalised text falls into; those that are no pieces are unknown characters.</summary>
    public List<string> Cut(string text)
    {
        var symbols = new List<(string Text, bool Frozen)>();
        for (var i = 0; i < text.Length; i += symbols[^1].Text.Length)
        {
            var symbol = pieces
                .Where(piece => piece.Kind == PieceKind.UserDefined && text.AsSpan(i).StartsWith(piece.Text, StringComparison.Ordinal))
                .Select(piece => piece.Text)
                .MaxBy(piece => piece.Length);
            var character = char.IsHighSurrogate(text[i]) ? text.Substring(i, 2) : text[i].ToString();
            symbols.Add(symbol is null ? (character, false) : (symbol, true));
        }

        // Noting the cut of an unused piece is all that hangs on when a pair is first seen, so pairs are noted when they arise.
        var cuts = new Dictionary<string, (string Left, string Right)>();
        for (var i = 1; i < symbols.Count; i++)
        {
            Note(symbols, i - 1, cuts);
        }

        while (Best(symbols) is var best && best >= 0)
        {
            symbols[best] = (symbols[best].Text + symbols[best + 1].Text, false);
            symbols.RemoveAt(best + 1);
            Note(symbols, best - 1, cuts);
            Note(symbols, best, cuts);
        }

        return [.. symbols.SelectMany(symbol => TakeApart(symbol.Text, cuts))];
    }

    int Best(List<(string Text, bool Frozen)> symbols)
    {
        var best = -1;
        var bestScore = float.NegativeInfinity;
        for (var i = 0; i + 1 < symbols.Count; i++)
        {
            if (Merged(symbols, i) is { } id && (best < 0 || pieces[id].Score > bestScore))
            {
                best = i;
                bestScore = pieces[id].Score;
            }
        }

        return best;
    }

    int? Merged(List<(string Text, bool Frozen)> symbols, int left) =>
        left >= 0 && left + 1 < symbols.Count && !symbols[left].Frozen && !symbols[left + 1].Frozen
        && _ids.TryGetValue(symbols[left].Text + symbols[left + 1].Text, out var id)
            ? id
            : null;

    void Note(List<(string Text, bool Frozen)> symbols, int left, Dictionary<string, (string Left, string Right)> cuts)
    {
        if (Merged(symbols, left) is { } id && pieces[id].Kind == PieceKind.Unused)
        {
            cuts[pieces[id].Text] = (symbols[left].Text, symbols[left + 1].Text);
        }
    }

    IEnumerable<string> TakeApart(string symbol, Dictionary<string, (string Left, string Right)> cuts) =>
        _ids.TryGetValue(symbol, out var id) && pieces[id].Kind == PieceKind.Unused && cuts.TryGetValue(symbol, out var cut)
            ? TakeApart(cut.Left, cuts).Concat(TakeApart(cut.Right, cuts))
            : [symbol];
}
