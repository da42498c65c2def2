using System.Globalization;
using System.Text.Json.Nodes;

namespace NeedleBench.Tokenizers.Tests.HuggingFace;

/// <summary>Granite's ids against what its merges define, by a second and plainer way to carry them out.</summary>
public class GraniteTests
{
    [SharedFact("tokenizers/granite4")]
    public void Encodes_as_the_merges_define()
    {
        var folder = RepositoryFiles.InShared("tokenizers/granite4");
        var added = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "tokenizer_config.json")))!["added_tokens_decoder"]!.AsObject()
            .ToDictionary(entry => entry.Value!["content"]!.GetValue<string>(), entry => int.Parse(entry.Key, CultureInfo.InvariantCulture));
        var plain = new PlainMerging(folder, added);
        var tokenizer = Shared.Granite();
        var vectors = File.ReadAllText(RepositoryFiles.InShared("tokenizers/vectors/ggml-vocab-qwen2.gguf.inp")).Split("\n__ggml_vocab_test__\n");

        foreach (var text in vectors.Concat(MixedTexts.Make(77, 2000)))
        {
            Assert.Equal(plain.Encode(text), tokenizer.Encode(text));
        }
    }

    [SharedFact("tokenizers/granite4")]
    public void Takes_the_pattern_that_the_vocabulary_was_learnt_with_not_that_of_the_class_it_names()
    {
        var tokenizer = Shared.Granite();

        // GPT-2's pattern would keep seven digits together and the bracket apart from the letters.
        Assert.Equal(["123", "456", "7"], tokenizer.Encode("1234567").Select(tokenizer.TokenOf));
        Assert.Equal(["(self"], tokenizer.Encode("(self").Select(tokenizer.TokenOf));
    }
}
