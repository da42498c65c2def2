using NeedleBench.Tokenizers;
using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>A vocabulary fresh from training, to be used or written as a <c>tokenizer.model</c>.</summary>
public sealed class TrainedTokenizer
{
    readonly TokenizerTrainingOptions _options;

    internal TrainedTokenizer(IReadOnlyList<PieceEntry> pieces, int mergeCount, TokenizerTrainingOptions options)
    {
        Pieces = pieces;
        MergeCount = mergeCount;
        _options = options;
    }

    /// <summary>
    /// The vocabulary by id: control pieces, the unknown piece, user-defined symbols, bytes, merges with scores -0, -1, -2, …
    /// in the order they were made, and characters, the most frequent first, with scores that go on from there.
    /// </summary>
    public IReadOnlyList<PieceEntry> Pieces { get; }

    /// <summary>How many of the pieces merging made.</summary>
    public int MergeCount { get; }

    /// <summary>The model file. The same vocabulary and options give the same bytes.</summary>
    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        ModelProtoWriter.Write(file, Pieces, new TrainerSpec
        {
            CharacterCoverage = _options.CharacterCoverage,
            MaxSentenceLength = int.MaxValue,
            MaxPieceLength = _options.MaxPieceLength,
            SplitByUnicodeScript = _options.SplitByUnicodeScript,
            SplitByNumber = _options.SplitByNumber,
            SplitDigits = _options.SplitDigits,
            ByteFallback = _options.ByteFallback,
            UserDefinedSymbols = _options.UserDefinedSymbols ?? [],
            AddDummyPrefix = _options.AddDummyPrefix,
            RemoveExtraWhitespaces = _options.RemoveExtraWhitespaces,
        });
        return file.ToArray();
    }

    /// <summary>Writes the model file as a whole or not at all: to a temporary file beside it first, which then takes its name.</summary>
    /// <param name="path">Usually <c>…/tokenizer.model</c>.</param>
    /// <exception cref="InputException">The file cannot be written; the old one is untouched.</exception>
    public void Save(string path) => AtomicFile.Write(path, stream => stream.Write(ToBytes()));

    /// <summary>The tokenizer, ready to encode.</summary>
    public SentencePieceTokenizer Open() => SentencePieceTokenizer.Load(ToBytes());
}
