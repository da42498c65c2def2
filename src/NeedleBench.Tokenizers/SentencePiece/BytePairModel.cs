namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>All that encoding reads, built once and never changed: threads share it without a lock.</summary>
sealed class BytePairModel
{
    /// <exception cref="InvalidDataException">The model is broken, or of a kind that is not carried out here.</exception>
    public BytePairModel(ModelProto model)
    {
        ModelCheck.Check(model);
        Vocabulary = new Vocabulary(model);
        UserSymbols = new UserSymbols(Vocabulary.Pieces);
        Normalizer = new TextNormalizer(model, UserSymbols);
        Rules = new MergeRules(Vocabulary.Pieces, Normalizer.Space);
    }

    public Vocabulary Vocabulary { get; }

    public UserSymbols UserSymbols { get; }

    public TextNormalizer Normalizer { get; }

    public MergeRules Rules { get; }
}
