using NeedleBench.Onnx.Runtime;
using NeedleBench.Tokenizers;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>Whether graph and tokenizer belong together.</summary>
static class VocabularyCheck
{
    const string Mend = "Use graph, config files and tokenizer of one and the same model.";

    /// <summary>Runs one token, which shows whether the graph runs at all and how many logits it has.</summary>
    /// <exception cref="InputException">It does not run.</exception>
    public static int Probe(DecoderSession decoder, string file)
    {
        try
        {
            decoder.Prefill([0], CancellationToken.None);
            decoder.Reset();
            return decoder.VocabularySize;
        }
        catch (Exception e) when (e is OnnxRuntimeException or InvalidOperationException)
        {
            throw new InputException(
                $"the graph does not run ({e.Message.TrimEnd('.')})", "Export the model again, or take another export of it.", file, inner: e);
        }
    }

    /// <exception cref="InputException">A token, or an id that ends answers, has no logit or no token.</exception>
    public static void Check(HuggingFaceTokenizer tokenizer, DecoderConfig config, int logits, string file)
    {
        // Logits beyond the vocabulary are padding. Special tokens beyond the logits occur, too: Gemma's tokenizer has one for images.
        for (var id = logits; id < tokenizer.VocabularySize; id++)
        {
            if (tokenizer.TokenOf(id) is { } token && !tokenizer.IsSpecial(id))
            {
                throw new InputException($"the graph has {logits} logits, but the tokenizer's token '{token}' has the id {id}", Mend, file);
            }
        }

        foreach (var id in config.StopIds)
        {
            if (id >= logits || tokenizer.TokenOf(id) is null)
            {
                throw new InputException($"answers shall end at the token {id} (eos_token_id), which {(id >= logits ? "the graph" : "the tokenizer")} does not have", Mend, file);
            }
        }
    }
}
