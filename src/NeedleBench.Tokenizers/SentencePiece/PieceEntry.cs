namespace NeedleBench.Tokenizers.SentencePiece;

/// <param name="Text">The piece, with U+2581 for a space.</param>
/// <param name="Score">The higher the score, the earlier the merge.</param>
/// <param name="Kind">What the piece stands for.</param>
readonly record struct PieceEntry(string Text, float Score, PieceKind Kind);
