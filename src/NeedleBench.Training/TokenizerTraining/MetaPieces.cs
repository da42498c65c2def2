using NeedleBench.Tokenizers;
using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>The pieces that no merging makes; they hold the first ids, and a text that spells one out is cut there.</summary>
static class MetaPieces
{
    const int LongestSymbol = 512;

    /// <summary>The pieces in the order of their ids.</summary>
    public static List<PieceEntry> Of(TokenizerTrainingOptions options)
    {
        List<PieceEntry> pieces =
        [
            new("<pad>", 0, PieceKind.Control), new("</s>", 0, PieceKind.Control), new("<s>", 0, PieceKind.Control),
            new("<unk>", 0, PieceKind.Unknown),
        ];
        pieces.AddRange((options.UserDefinedSymbols ?? []).Select(symbol => new PieceEntry(symbol, 0, PieceKind.UserDefined)));
        if (options.ByteFallback)
        {
            pieces.AddRange(Enumerable.Range(0, 256).Select(value => new PieceEntry(ByteText(value), 0, PieceKind.Byte)));
        }

        return pieces;
    }

    /// <exception cref="InputException">A symbol is empty, too long, stands twice, or holds what no piece may hold.</exception>
    public static void Check(IReadOnlyList<string> symbols)
    {
        var taken = Of(new TokenizerTrainingOptions { UserDefinedSymbols = [] }).Select(piece => piece.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var symbol in symbols)
        {
            var problem = string.IsNullOrEmpty(symbol) ? "is empty"
                : symbol.Length > LongestSymbol ? FormattableString.Invariant($"is longer than {LongestSymbol} characters")
                : symbol.AsSpan().ContainsAny(" \t\0\u2581") ? "holds a space, a tab, U+0000 or U+2581"
                : symbol.EnumerateRunes().Any(rune => rune.Value == 0xFFFD) ? "holds U+FFFD or half a surrogate pair"
                : !taken.Add(symbol) ? "is there already"
                : null;
            if (problem is not null)
            {
                throw new InputException($"the user-defined symbol '{symbol}' {problem}", "Name symbols such as <tools>, each once.");
            }
        }
    }

    static string ByteText(int value) => FormattableString.Invariant($"<0x{value:X2}>");
}
