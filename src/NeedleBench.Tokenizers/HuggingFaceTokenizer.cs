using NeedleBench.Tokenizers.HuggingFace;
using NeedleBench.Tokenizers.HuggingFace.Normalization;
using NeedleBench.Tokenizers.HuggingFace.PreTokenization;

namespace NeedleBench.Tokenizers;

/// <summary>
/// A BPE tokenizer in Hugging Face's files: text to ids and back, equal to their tokenizers library id for id. Models of
/// other kinds, and steps that are not carried out here, are refused by name when the files are opened. Instances are
/// immutable, and any number of threads may use one.
/// </summary>
public sealed class HuggingFaceTokenizer
{
    const string TokenizerFile = "tokenizer.json";
    const string VocabularyFile = "vocab.json";
    const string MergesFile = "merges.txt";
    const string ConfigFile = "tokenizer_config.json";

    readonly TokenizerParts _parts;
    readonly AddedTokenFinder _rawFinder;
    readonly AddedTokenFinder _normalizedFinder;
    readonly Dictionary<int, AddedToken> _addedById;
    readonly Dictionary<string, int> _addedByText;

    HuggingFaceTokenizer(TokenizerParts parts)
    {
        _parts = parts;
        _addedById = parts.AddedTokens.ToDictionary(token => token.Id);
        _addedByText = parts.AddedTokens.ToDictionary(token => token.Content, token => token.Id, StringComparer.Ordinal);
        _rawFinder = new AddedTokenFinder(parts.AddedTokens.Where(token => !token.Normalized).Select(token => (token, token.Content)));
        _normalizedFinder = new AddedTokenFinder(
            parts.AddedTokens.Where(token => token.Normalized).Select(token => (token, Normalize(token.Content))));
        VocabularySize = Math.Max(parts.Model.Vocabulary.Size, parts.AddedTokens.Select(token => token.Id + 1).DefaultIfEmpty().Max());
    }

    /// <summary>One above the highest id. A model's logits may have more places, and ids below this may have no token.</summary>
    public int VocabularySize { get; }

    /// <summary>
    /// Opens a <c>tokenizer.json</c>, or a folder that holds one, or else <c>vocab.json</c>, <c>merges.txt</c> and
    /// <c>tokenizer_config.json</c>.
    /// </summary>
    /// <exception cref="InvalidDataException">A file is broken, or asks for something that is not carried out here. The message names the file.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static HuggingFaceTokenizer Load(string path)
    {
        if (!Directory.Exists(path))
        {
            return new(TokenizerJsonReader.Read(path));
        }

        var whole = Path.Combine(path, TokenizerFile);
        return File.Exists(whole) || !File.Exists(Path.Combine(path, VocabularyFile))
            ? new(TokenizerJsonReader.Read(whole))
            : Load(Path.Combine(path, VocabularyFile), Path.Combine(path, MergesFile), Path.Combine(path, ConfigFile));
    }

    /// <summary>
    /// Opens the older three files. Normaliser and pattern follow from the <c>tokenizer_class</c>: Qwen2Tokenizer, or
    /// GPT2Tokenizer, for which the vocabulary decides between GPT-2's own pattern and cl100k's (Granite).
    /// </summary>
    /// <exception cref="InvalidDataException">A file is broken, or asks for something that is not carried out here. The message names the file.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static HuggingFaceTokenizer Load(string vocabulary, string merges, string config) =>
        new(VocabularyAndMergesReader.Read(vocabulary, merges, config));

    /// <summary>
    /// The ids of a text. Added tokens are found in it wherever they stand, special ones too; a lone surrogate counts as U+FFFD.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecialTokens">Whether the tokens are added that the file asks for around a text, such as one that begins it.</param>
    public int[] Encode(string text, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>((text.Length / 3) + 8);
        if (addSpecialTokens)
        {
            ids.AddRange(_parts.Frame.Before);
        }

        EncodeRaw(TextRules.WithoutLoneSurrogates(text), ids);
        if (addSpecialTokens)
        {
            ids.AddRange(_parts.Frame.After);
        }

        return [.. ids];
    }

    /// <summary>The text of ids. Ids without a token give nothing, as in the original; bytes that are no UTF-8 give U+FFFD.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="skipSpecialTokens">Whether special tokens give nothing too.</param>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true)
    {
        var decoder = StartDecoding(skipSpecialTokens);
        foreach (var id in ids)
        {
            decoder.Put(id);
        }

        return decoder.Finish();
    }

    /// <summary>Begins a decoding that gets its ids one by one.</summary>
    public StreamingDecoder StartDecoding(bool skipSpecialTokens = true) => new(this, _parts.Decoder, skipSpecialTokens);

    /// <summary>The id of a token as the vocabulary writes it (byte-level models write a space as U+0120), or null.</summary>
    public int? IdOf(string token) =>
        _addedByText.TryGetValue(token, out var added) ? added : _parts.Model.Vocabulary.TryGetId(token, out var id) ? id : null;

    /// <summary>The token of an id as the vocabulary writes it, or null where none has this id.</summary>
    public string? TokenOf(int id) => _addedById.TryGetValue(id, out var added) ? added.Content : _parts.Model.Vocabulary.TokenOf(id);

    /// <summary>Whether an id is that of a special token, which decoding skips unless told otherwise.</summary>
    public bool IsSpecial(int id) => _addedById.TryGetValue(id, out var added) && added.Special;

    /// <summary>First the tokens that are looked for in the text as given; what is between them is normalised, each by itself.</summary>
    void EncodeRaw(string text, List<int> ids)
    {
        var pieces = new PieceList();
        var (gap, position) = (0, 0);
        while (true)
        {
            var start = gap;
            var isFound = _rawFinder.TryNext(text, ref gap, ref position, out var found);
            var end = isFound ? found.Start : text.Length;
            if (end > start)
            {
                EncodeNormalized(Normalize(end - start == text.Length ? text : text[start..end]), start == 0, pieces, ids);
            }

            if (!isFound)
            {
                return;
            }

            ids.Add(found.Token.Id);
        }
    }

    void EncodeNormalized(string text, bool isFirst, PieceList pieces, List<int> ids)
    {
        var (gap, position) = (0, 0);
        while (true)
        {
            var start = gap;
            var isFound = _normalizedFinder.TryNext(text, ref gap, ref position, out var found);
            var end = isFound ? found.Start : text.Length;
            if (end > start)
            {
                pieces.Start(text.AsSpan(start, end - start), isFirst && start == 0);
                EncodePieces(pieces, ids);
            }

            if (!isFound)
            {
                return;
            }

            ids.Add(found.Token.Id);
        }
    }

    void EncodePieces(PieceList pieces, List<int> ids)
    {
        foreach (var step in _parts.PreTokenizers)
        {
            step.Apply(pieces);
        }

        for (var i = 0; i < pieces.Count; i++)
        {
            _parts.Model.Encode(pieces[i], ids);
        }
    }

    string Normalize(string text)
    {
        foreach (var step in _parts.Normalizers)
        {
            text = step(text);
        }

        return text;
    }
}
