namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>One piece of a vocabulary; its id is its place in it.</summary>
/// <param name="Text">The piece, with U+2581 for a space.</param>
/// <param name="Score">The higher the score, the earlier the merge.</param>
/// <param name="Kind">What the piece stands for.</param>
public readonly record struct PieceEntry(string Text, float Score, PieceKind Kind);
