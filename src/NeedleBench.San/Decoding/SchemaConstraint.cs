namespace NeedleBench.San.Decoding;

/// <summary>
/// Holds an answer to the tools' schemas: whatever is decoded parses, and has declared tools, declared and required keys, and
/// values of their types and enums. Where the model's own choice is allowed it stands, so that an answer that is valid without
/// this is the same with it.
/// </summary>
sealed class SchemaConstraint(SchemaRules rules, TokenTexts texts, int toolCallId, int endId) : IAnswerConstraint
{
    readonly AnswerGrammar _grammar = new(rules);
    readonly AnswerGrammar _trial = new(rules);
    bool _begun;
    bool _lost;

    /// <inheritdoc/>
    public double? NameConfidence { get; private set; }

    /// <inheritdoc/>
    public int Choose(ReadOnlySpan<float> logits)
    {
        var best = Logits.ArgMax(logits);
        var isName = NameConfidence is null && _grammar.AtNameStart;
        if (_lost || (!isName && Allows(best)))
        {
            return best;
        }

        if (isName)
        {
            int[] allowed = [.. Enumerable.Range(0, logits.Length).Where(Allows)];
            if (allowed.Length > 0)
            {
                best = Logits.ArgMax(logits, allowed);
                NameConfidence = Logits.Share(logits, best, allowed);
                return best;
            }
        }

        var found = -1;
        for (var id = 0; id < logits.Length; id++)
        {
            if ((found < 0 || logits[id] > logits[found]) && Allows(id))
            {
                found = id;
            }
        }

        // A vocabulary without a piece for each byte may have nothing that goes on: then the answer is the model's alone.
        _lost = found < 0;
        return _lost ? best : found;
    }

    /// <inheritdoc/>
    public void Feed(int id)
    {
        if (!_begun)
        {
            _begun = true;
        }
        else if (!_lost && id != endId)
        {
            _grammar.Feed(texts.Bytes(id));
        }
    }

    bool Allows(int id)
    {
        if (!_begun || id == toolCallId)
        {
            return !_begun && id == toolCallId;
        }

        if (id == endId)
        {
            return _grammar.IsDone;
        }

        var bytes = texts.Bytes(id);
        if (bytes.IsEmpty)
        {
            return false;
        }

        _trial.CopyFrom(_grammar);
        return _trial.Feed(bytes);
    }
}
