namespace NeedleBench.Tokenizers.Tests.HuggingFace;

/// <summary>The tokenizers of the shared folder, opened from their three files.</summary>
static class Shared
{
    public static HuggingFaceTokenizer Qwen3() => HuggingFaceTokenizer.Load(
        RepositoryFiles.InShared("tokenizers/qwen3/vocab.json"),
        RepositoryFiles.InShared("tokenizers/qwen3/merges.txt"),
        RepositoryFiles.InShared("tokenizers/qwen3/qwen3.tokenizer_config.json"));

    public static HuggingFaceTokenizer Granite() => HuggingFaceTokenizer.Load(RepositoryFiles.InShared("tokenizers/granite4"));

    /// <summary>GPT-2 came without a configuration worth the name; its class says all there is.</summary>
    public static HuggingFaceTokenizer Gpt2()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("tokenizer_config.json"), """{"tokenizer_class":"GPT2Tokenizer"}""");
        return HuggingFaceTokenizer.Load(
            RepositoryFiles.InShared("tokenizers/gpt2/vocab.json"), RepositoryFiles.InShared("tokenizers/gpt2/merges.txt"), folder.File("tokenizer_config.json"));
    }
}
