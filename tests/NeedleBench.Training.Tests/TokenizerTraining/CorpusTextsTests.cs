using NeedleBench.Training.Synthesis;
using NeedleBench.Training.TokenizerTraining;

namespace NeedleBench.Training.Tests.TokenizerTraining;

public class CorpusTextsTests
{
    static readonly TrainingCorpus Corpus = CorpusReader.Read(RepositoryFiles.InRepository("src/NeedleBench.Training/Corpus"));

    [Fact]
    public void Each_example_gives_its_request_its_tool_list_and_its_calls()
    {
        var texts = CorpusTexts.Of(Corpus, new SynthesisOptions { NoTools = 0 }, seed: 3, examples: 50).ToList();

        Assert.Equal(150, texts.Count);
        foreach (var (request, tools, calls) in texts.Chunk(3).Select(c => (c[0], c[1], c[2])))
        {
            Assert.NotEmpty(request);
            Assert.NotEmpty(ToolDefinitionJson.ParseList(tools));
            Assert.True(ToolCallJson.TryParse(calls, out _, out _));
        }
    }

    [Fact]
    public void The_seed_decides()
    {
        var texts = CorpusTexts.Of(Corpus, new SynthesisOptions(), seed: 7, examples: 100).ToList();

        Assert.Equal(texts, CorpusTexts.Of(Corpus, new SynthesisOptions(), seed: 7, examples: 100));
        Assert.NotEqual(texts, CorpusTexts.Of(Corpus, new SynthesisOptions(), seed: 8, examples: 100));
    }
}
