namespace NeedleBench.Tokenizers.Tests.HuggingFace;

/// <summary>Against published vectors: llama.cpp's, which come from the models' own tokenizers.</summary>
public class VectorTests
{
    [SharedFact("tokenizers/vectors")]
    public void Encodes_with_qwen3_as_the_published_vectors_say() =>
        AssertVectors(Shared.Qwen3(), "ggml-vocab-qwen2.gguf");

    [SharedFact("tokenizers/vectors")]
    public void Encodes_with_gpt2_as_the_published_vectors_say() =>
        AssertVectors(Shared.Gpt2(), "ggml-vocab-gpt-2.gguf");

    [SharedFact("tokenizers/qwen3")]
    public void Decodes_what_it_encodes_to_the_normalised_text()
    {
        var tokenizer = Shared.Qwen3();
        foreach (var text in MixedTexts.Make(5, 300))
        {
            Assert.Equal(text.Normalize(), tokenizer.Decode(tokenizer.Encode(text), skipSpecialTokens: false));
        }
    }

    [SharedFact("tokenizers/qwen3")]
    public void Knows_the_added_tokens_of_qwen3()
    {
        var tokenizer = Shared.Qwen3();

        Assert.Equal(151_669, tokenizer.VocabularySize);
        Assert.Equal([151_644, 872, 198, 151_657, 151_645], tokenizer.Encode("<|im_start|>user\n<tool_call><|im_end|>"));
        Assert.Equal("user\n<tool_call>", tokenizer.Decode([151_644, 872, 198, 151_657, 151_645]));
        Assert.True(tokenizer.IsSpecial(151_645));
        Assert.False(tokenizer.IsSpecial(151_657));
    }

    static void AssertVectors(HuggingFaceTokenizer tokenizer, string name)
    {
        var texts = File.ReadAllText(RepositoryFiles.InShared($"tokenizers/vectors/{name}.inp")).Split("\n__ggml_vocab_test__\n");
        var ids = File.ReadAllLines(RepositoryFiles.InShared($"tokenizers/vectors/{name}.out"));
        Assert.True(texts.Length >= 46, "the vectors are cut off");
        foreach (var (text, line) in texts.Zip(ids))
        {
            Assert.Equal(line.Trim(), string.Join(' ', tokenizer.Encode(text)));
        }
    }
}
