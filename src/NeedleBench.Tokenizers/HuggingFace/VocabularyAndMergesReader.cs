using System.Globalization;
using NeedleBench.Tokenizers.HuggingFace.Decoding;
using NeedleBench.Tokenizers.HuggingFace.PreTokenization;
using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>
/// Reads <c>vocab.json</c>, <c>merges.txt</c> and <c>tokenizer_config.json</c>: byte-level BPE whose normaliser and pattern
/// the files do not hold, so that they come from the class that the configuration names.
/// </summary>
static class VocabularyAndMergesReader
{
    /// <exception cref="InvalidDataException">A file is broken, or asks for something that is not carried out here.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TokenizerParts Read(string vocabularyFile, string mergesFile, string configFile)
    {
        var vocabularyItem = JsonItem.Read(vocabularyFile, out var vocabularyDocument);
        using (vocabularyDocument)
        {
            var vocabulary = TokenVocabulary.Read(vocabularyItem);
            var model = new MergeModel(vocabulary, MergeTable.Read(mergesFile, vocabulary), new MergeOptions());
            var config = JsonItem.Read(configFile, out var document);
            using (document)
            {
                return Configure(config, model);
            }
        }
    }

    static TokenizerParts Configure(JsonItem config, MergeModel model)
    {
        var isQwen = config["tokenizer_class"].Text() switch
        {
            "Qwen2Tokenizer" or "Qwen2TokenizerFast" => true,
            "GPT2Tokenizer" or "GPT2TokenizerFast" => false,
            var other => throw config["tokenizer_class"].Error(
                $"is {other}, whose pattern vocab.json and merges.txt do not tell; GPT2Tokenizer and Qwen2Tokenizer are known",
                "Get the model's tokenizer.json too."),
        };
        var tokens = AddedTokens(config["added_tokens_decoder"], model.Vocabulary).ToArray();
        var prefixSpace = config["add_prefix_space"].Flag(false);
        var splitter = isQwen ? new Cl100kScanner(1) : PatternGuess.For(model.Vocabulary);
        IPreTokenizer[] steps = [new Split(splitter, SplitBehavior.Isolated), new ByteLevel(false, false)];
        return new TokenizerParts(
            model,
            tokens,
            isQwen ? [text => text.Normalize(System.Text.NormalizationForm.FormC)] : [],
            prefixSpace ? [new PrefixSpace(), .. steps] : steps,
            config["add_bos_token"].Flag(false) ? new Frame([Bos(config["bos_token"], model.Vocabulary, tokens)], []) : Frame.None,
            end => new ByteLevelSink(end));
    }

    static IEnumerable<AddedToken> AddedTokens(JsonItem item, TokenVocabulary vocabulary)
    {
        var check = new AddedTokenCheck(vocabulary);
        foreach (var (name, value) in item.IsAbsent ? [] : item.Properties())
        {
            var entry = value.Entry(name);
            yield return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id <= TokenVocabulary.LargestId
                ? check.Check(AddedToken.Read(id, entry), entry)
                : throw entry.Error("is not named by an id");
        }
    }

    static int Bos(JsonItem item, TokenVocabulary vocabulary, AddedToken[] tokens)
    {
        var bos = (item.Kind == System.Text.Json.JsonValueKind.Object ? item["content"] : item).Text();
        return tokens.FirstOrDefault(token => token.Content == bos)?.Id
            ?? (vocabulary.TryGetId(bos, out var id) ? id : throw item.Error($"is {ModelError.Quote(bos)}, which has no id"));
    }
}
