namespace NeedleBench.Training.TokenizerTraining;

/// <summary>
/// The order of merges: the more frequent pair first; of equals the one with the shorter piece, then the one whose piece is
/// lower in the order of code points, as in SentencePiece; then, where one piece can be made in two ways, the one with the
/// shorter left half. No two pairs are equal in it, so nothing depends on the order of a dictionary.
/// </summary>
sealed class PairOrder : IComparer<QueuedPair>
{
    public int Compare(QueuedPair x, QueuedPair y)
    {
        var order = y.Count.CompareTo(x.Count);
        order = order != 0 ? order : x.Pair.Length.CompareTo(y.Pair.Length);
        order = order != 0 ? order : CompareCodePoints(x.Pair.Text, y.Pair.Text);
        return order != 0 ? order : x.Pair.LeftLength.CompareTo(y.Pair.LeftLength);
    }

    /// <summary>The order of the UTF-8 bytes, in which surrogate pairs come behind U+FFFF.</summary>
    public static int CompareCodePoints(string x, string y)
    {
        var common = x.AsSpan().CommonPrefixLength(y);
        if (common == x.Length || common == y.Length)
        {
            return x.Length.CompareTo(y.Length);
        }

        var (left, right) = (x[common], y[common]);
        return char.IsSurrogate(left) == char.IsSurrogate(right) ? left.CompareTo(right) : char.IsSurrogate(left) ? 1 : -1;
    }
}
