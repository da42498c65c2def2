namespace NeedleBench.San.Decoding;

/// <summary>What holds one answer to a form while it is decoded.</summary>
interface IAnswerConstraint
{
    /// <summary>The allowed token of the highest logit, the lowest id among equals.</summary>
    /// <param name="logits">[vocabulary].</param>
    int Choose(ReadOnlySpan<float> logits);

    /// <summary>Takes note of the token that was chosen.</summary>
    void Feed(int id);

    /// <summary>
    /// The softmax share of the chosen token among the allowed ones where the first tool name begins: Needle's own
    /// confidence. Null where no name was begun.
    /// </summary>
    double? NameConfidence { get; }
}
