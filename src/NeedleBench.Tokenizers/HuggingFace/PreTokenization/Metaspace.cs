namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>SentencePiece's treatment of spaces: each becomes a visible mark, and one more may begin the text.</summary>
/// <param name="mark">The mark, usually U+2581.</param>
/// <param name="scheme">Whether a mark is put before every piece, before the first of the input, or before none.</param>
/// <param name="splits">Whether pieces are cut before each mark.</param>
sealed class Metaspace(char mark, PrependScheme scheme, bool splits) : IPreTokenizer
{
    readonly Split? _split = splits ? new Split(new LiteralSplitter(mark.ToString()), SplitBehavior.MergedWithNext) : null;

    public void Apply(PieceList pieces)
    {
        pieces.Rewrite(1, 1, Mark);
        _split?.Apply(pieces);
    }

    int Mark(ReadOnlySpan<char> piece, bool isFirst, Span<char> room)
    {
        var begins = piece.IsEmpty || (piece[0] != ' ' && piece[0] != mark);
        var marks = begins && (scheme == PrependScheme.Always || (scheme == PrependScheme.First && isFirst)) ? 1 : 0;
        room[0] = mark;
        piece.Replace(room.Slice(marks, piece.Length), ' ', mark);
        return piece.Length + marks;
    }
}

/// <summary>Before which pieces a mark is put.</summary>
enum PrependScheme
{
    Always,
    First,
    Never,
}
