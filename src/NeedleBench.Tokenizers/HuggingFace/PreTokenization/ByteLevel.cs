namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>Writes pieces in the <see cref="ByteAlphabet"/>.</summary>
/// <param name="addPrefixSpace">Whether a space is first put before each piece that has none.</param>
/// <param name="useRegex">Whether pieces are then cut by GPT-2's pattern.</param>
sealed class ByteLevel(bool addPrefixSpace, bool useRegex) : IPreTokenizer
{
    readonly PrefixSpace? _prefix = addPrefixSpace ? new PrefixSpace() : null;
    readonly Split? _split = useRegex ? new Split(Gpt2Scanner.Instance, SplitBehavior.Isolated) : null;

    public void Apply(PieceList pieces)
    {
        _prefix?.Apply(pieces);
        _split?.Apply(pieces);
        pieces.Rewrite(3, 0, static (piece, _, room) => ByteAlphabet.Write(piece, room));
    }
}
