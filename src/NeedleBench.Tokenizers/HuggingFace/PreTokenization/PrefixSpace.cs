namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>Puts a space before each piece that does not begin with one.</summary>
sealed class PrefixSpace : IPreTokenizer
{
    public void Apply(PieceList pieces) => pieces.Rewrite(1, 1, Write);

    static int Write(ReadOnlySpan<char> piece, bool isFirst, Span<char> room)
    {
        var spaces = piece is [' ', ..] ? 0 : 1;
        room[0] = ' ';
        piece.CopyTo(room[spaces..]);
        return piece.Length + spaces;
    }
}
