namespace NeedleBench.Training.TokenizerTraining;

/// <summary>
/// How a tokenizer is trained; names and defaults follow <c>spm_train</c>, but for bytes, digits and ids. The ids are those of
/// a SAN: pad 0, eos 1, bos 2, unk 3, then the user-defined symbols, then the bytes. Text is split at spaces, and the
/// normaliser is the identity.
/// </summary>
public readonly record struct TokenizerTrainingOptions()
{
    /// <summary>The count of ids, the special ones included.</summary>
    public int VocabularySize { get; init; } = 4096;

    /// <summary>Whether 256 byte pieces stand in for characters without a piece; without them those become the unknown piece.</summary>
    public bool ByteFallback { get; init; } = true;

    /// <summary>Whether each digit stays a piece of its own.</summary>
    public bool SplitDigits { get; init; } = true;

    /// <summary>Symbols that are cut out of a text whole. They take the ids from 4 on.</summary>
    public IReadOnlyList<string> UserDefinedSymbols { get; init; } = ["<tool_call>", "<tools>"];

    /// <summary>The share of the corpus's characters, 0.98 to 1, that the most frequent ones with pieces of their own must reach.</summary>
    public float CharacterCoverage { get; init; } = 0.9995f;

    /// <summary>The most code points of a piece, 1 to 512.</summary>
    public int MaxPieceLength { get; init; } = 16;

    /// <summary>Whether no piece may mix scripts; digits and punctuation form a script (Common) of their own.</summary>
    public bool SplitByUnicodeScript { get; init; } = true;

    /// <summary>Whether decimal digits count as Common; where not, they go with any script.</summary>
    public bool SplitByNumber { get; init; } = true;

    /// <summary>Whether a space is put before a text, so that its first word is as in its middle.</summary>
    public bool AddDummyPrefix { get; init; } = true;

    /// <summary>Whether spaces are trimmed, and runs of them folded; the model then cannot give them back.</summary>
    public bool RemoveExtraWhitespaces { get; init; } = true;

    /// <exception cref="InputException">A value that no model can be trained with.</exception>
    public void Check()
    {
        if (!(CharacterCoverage >= 0.98f && CharacterCoverage <= 1f))
        {
            throw new InputException(
                FormattableString.Invariant($"the character coverage is {CharacterCoverage}"), "Give 0.98 to 1, such as 0.9995.");
        }

        if (MaxPieceLength is < 1 or > 512)
        {
            throw new InputException(FormattableString.Invariant($"the longest piece has {MaxPieceLength} characters"), "Give 1 to 512, such as 16.");
        }

        MetaPieces.Check(UserDefinedSymbols ?? []);
        var fewest = MetaPieces.Of(this).Count + 1;
        if (VocabularySize < fewest)
        {
            throw new InputException(
                FormattableString.Invariant($"a vocabulary of {VocabularySize} has no room beside its special symbols and bytes"),
                FormattableString.Invariant($"Give at least {fewest}, such as 4096."));
        }
    }
}
