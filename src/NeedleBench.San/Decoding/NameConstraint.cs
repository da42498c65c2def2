namespace NeedleBench.San.Decoding;

/// <summary>
/// Needle's own constraint: tool names and argument keys can only be declared ones; all else, the JSON around them included,
/// is the model's.
/// </summary>
sealed class NameConstraint(CallConstraints constraints, TokenTexts texts, int vocabulary) : IAnswerConstraint
{
    readonly CallTracker _tracker = new(constraints);
    readonly int[] _allowed = new int[vocabulary];

    /// <inheritdoc/>
    public double? NameConfidence { get; private set; }

    /// <inheritdoc/>
    public int Choose(ReadOnlySpan<float> logits)
    {
        var node = _tracker.Node;
        var count = node < 0 ? 0 : constraints.Trie.Allowed(node, texts, _allowed);
        if (count == 0)
        {
            // Not inside a name, or no token continues it: plain greedy, as the published decoder does.
            return Logits.ArgMax(logits);
        }

        var allowed = _allowed.AsSpan(0, count);
        var best = Logits.ArgMax(logits, allowed);
        if (_tracker.AtNameStart)
        {
            NameConfidence ??= Logits.Share(logits, best, allowed);
        }

        return best;
    }

    /// <inheritdoc/>
    public void Feed(int id) => _tracker.Feed(texts.Bytes(id));
}
