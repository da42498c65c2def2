using NeedleBench.Tokenizers;
using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>
/// Trains SentencePiece BPE models by the rules of <c>spm_train --model_type=bpe</c>. The same texts, in whatever order, give
/// the same model byte for byte.
/// </summary>
public static class TokenizerTrainer
{
    /// <summary>
    /// Trains a model. The texts are read once and not kept: memory grows with the distinct words. Each text is one
    /// sentence whatever its length; a line end in it is a character like any other.
    /// </summary>
    /// <param name="texts">The corpus.</param>
    /// <param name="options">What to train.</param>
    /// <param name="cancellation">Ends the training early.</param>
    /// <exception cref="InputException">
    /// The options hold a value that no model can be trained with, the corpus is empty, or the vocabulary is too small for the
    /// corpus's characters or too large for its pairs; the message says which size would do.
    /// </exception>
    /// <exception cref="OperationCanceledException">The training was ended early.</exception>
    public static TrainedTokenizer Train(
        IEnumerable<string> texts, TokenizerTrainingOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options.Check();
        var pieces = MetaPieces.Of(options);
        var rules = new PieceRules(options);
        var counter = new WordCounter(rules, new SymbolMatcher(pieces.Select(piece => piece.Text)), options);
        foreach (var text in texts)
        {
            cancellation.ThrowIfCancellationRequested();
            counter.Add(text);
        }

        var alphabet = Alphabet.Choose(counter.Characters, options.CharacterCoverage);
        if (alphabet.Count == 0)
        {
            throw new InputException("the corpus is empty", "Give texts to train the tokenizer on.");
        }

        var merges = options.VocabularySize - pieces.Count - alphabet.Count;
        if (merges < 0)
        {
            throw new InputException(
                FormattableString.Invariant(
                    $"a vocabulary of {options.VocabularySize} is too small: {pieces.Count} special pieces and {alphabet.Count} characters come first"),
                FormattableString.Invariant(
                    $"Give at least {pieces.Count + alphabet.Count}, or a character coverage below {options.CharacterCoverage}."));
        }

        AddMerges(pieces, merges, new PairMerger(new WordTable(counter.Words, alphabet), alphabet, rules), alphabet.Count, cancellation);
        foreach (var (rank, character) in alphabet.Index())
        {
            pieces.Add(new PieceEntry(Alphabet.TextOf(character), -(float)(merges + rank), PieceKind.Normal));
        }

        return new TrainedTokenizer(pieces, merges, options);
    }

    static void AddMerges(List<PieceEntry> pieces, int merges, PairMerger merger, int alphabet, CancellationToken cancellation)
    {
        for (var rank = 0; rank < merges; rank++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (merger.MergeNext() is not { } piece)
            {
                throw new InputException(
                    FormattableString.Invariant($"a vocabulary of {pieces.Count + merges - rank + alphabet} is too large: the corpus has no pair left to merge"),
                    FormattableString.Invariant($"Give at most {pieces.Count + alphabet}, or more text."));
            }

            pieces.Add(new PieceEntry(piece, -(float)rank, PieceKind.Normal));
        }
    }
}
