using NeedleBench.Tokenizers.HuggingFace.Decoding;
using NeedleBench.Tokenizers.HuggingFace.Normalization;
using NeedleBench.Tokenizers.HuggingFace.PreTokenization;
using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>Reads a <c>tokenizer.json</c>. Its truncation and padding say how batches are made, and are left alone.</summary>
static class TokenizerJsonReader
{
    /// <exception cref="InvalidDataException">The file is broken, or asks for something that is not carried out here.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TokenizerParts Read(string file)
    {
        var root = JsonItem.Read(file, out var document);
        using (document)
        {
            var model = ReadModel(root["model"].Object());
            return new TokenizerParts(
                model,
                [.. AddedTokens(root["added_tokens"], model.Vocabulary)],
                [.. NormalizerReader.Read(root["normalizer"])],
                [.. PreTokenizerReader.Read(root["pre_tokenizer"])],
                PostProcessorReader.Read(root["post_processor"]),
                DecoderReader.Read(root["decoder"]));
        }
    }

    static MergeModel ReadModel(JsonItem model)
    {
        // The oldest files do not name the type; only BPE has merges.
        var type = model["type"].TextOrNull() ?? (model["merges"].IsAbsent ? "of no type" : "BPE");
        if (type != "BPE")
        {
            throw model.NotSupported($"a model {type}; only BPE is read");
        }

        foreach (var name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (!string.IsNullOrEmpty(model[name].TextOrNull()))
            {
                throw model[name].NotSupported($"'{model[name].Text()}'");
            }
        }

        if (!model["dropout"].IsAbsent && !(model["dropout"].Element.TryGetDouble(out var dropout) && dropout == 0))
        {
            throw model["dropout"].NotSupported("merges that are left out at random");
        }

        var vocabulary = TokenVocabulary.Read(model["vocab"]);
        var unknown = model["unk_token"].TextOrNull();
        if (unknown is not null && !vocabulary.TryGetId(unknown, out _))
        {
            throw model["unk_token"].Error($"is {ModelError.Quote(unknown)}, which the vocabulary lacks");
        }

        var options = new MergeOptions
        {
            ByteFallback = model["byte_fallback"].Flag(false),
            IgnoreMerges = model["ignore_merges"].Flag(false),
            FuseUnknown = model["fuse_unk"].Flag(false),
            UnknownId = unknown is not null && vocabulary.TryGetId(unknown, out var id) ? id : -1,
        };
        return new MergeModel(vocabulary, MergeTable.Read(model["merges"], vocabulary), options);
    }

    static IEnumerable<AddedToken> AddedTokens(JsonItem item, TokenVocabulary vocabulary)
    {
        var checkedTokens = new AddedTokenCheck(vocabulary);
        foreach (var token in item.IsAbsent ? [] : item.Items())
        {
            yield return checkedTokens.Check(AddedToken.Read(token["id"].Count(), token), token);
        }
    }
}
