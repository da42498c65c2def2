using NeedleBench.Training.TokenizerTraining;

namespace NeedleBench.Training.Tests.TokenizerTraining;

public sealed class CorpusTextsTests
{
    const string OneTool =
        """
        {"category":"lights","description":"","slots":{"level":[{"say":"half","value":50}],"room":["the Küche"]},
         "tools":[{"name":"setLight","description":"Set a light.","parameters":{"type":"object","properties":{
            "room":{"type":"string","description":"Where."},"level":{"type":"integer","description":"Per cent."}},"required":["room"]},
            "slots":{"room":"room","level":"level"},
            "phrasings":[{"text":"{room} light to {level}!"},{"text":"lights out in {room}","arguments":{"level":0}}]}],
         "refusals":["paint the wall"]}
        """;

    [Fact]
    public void Gives_requests_calls_tool_lists_and_refusals()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("lights.json"), OneTool);
        var texts = CorpusTexts.Read(folder.Path).ToArray();

        string[] expected =
        [
            "the Küche light to half!",
            "[{\"name\":\"set_light\",\"arguments\":{\"room\":\"the Küche\",\"level\":50}}]",
            "[{\"name\":\"set_light\",\"description\":\"Set a light.\",\"parameters\":{\"room\":{\"type\":\"string\",\"description\":\"Where.\",\"required\":true},\"level\":{\"type\":\"integer\",\"description\":\"Per cent.\",\"required\":false}}}]",
            "lights out in the Küche",
            "[{\"name\":\"set_light\",\"arguments\":{\"room\":\"the Küche\",\"level\":0}}]",
            "paint the wall",
        ];
        Assert.Equal(expected, texts.Distinct());
    }

    [Fact]
    public void Depends_on_the_seed_alone()
    {
        var folder = RepositoryFiles.InRepository("src/NeedleBench.Training/Corpus");
        var texts = CorpusTexts.Read(folder, seed: 7).ToArray();

        Assert.Equal(texts, CorpusTexts.Read(folder, seed: 7));
        Assert.NotEqual(texts, CorpusTexts.Read(folder, seed: 8));
        Assert.True(texts.Distinct().Count() > 10_000);
        Assert.DoesNotContain(texts, string.IsNullOrWhiteSpace);
    }

    [Theory]
    [InlineData("""{"slots":{},"tools":[],"refusals":[""", "not JSON")]
    [InlineData("""{"slots":{},"tools":[]}""", "'refusals'")]
    [InlineData("""{"slots":{"a":[]},"tools":[],"refusals":[]}""", "'a'")]
    [InlineData("""{"slots":{"a":[7]},"tools":[],"refusals":[]}""", "no text")]
    [InlineData("""{"slots":{"a":[{"say":"x"}]},"tools":[],"refusals":[]}""", "'value'")]
    [InlineData("""{"slots":{},"tools":[{"name":"t","slots":{"p":"b"},"phrasings":[]}],"refusals":[]}""", "'b'")]
    [InlineData("""{"slots":{},"tools":[{"name":"t","slots":{},"phrasings":[{"text":"{q}"}]}],"refusals":[]}""", "'q'")]
    [InlineData("""{"slots":{},"tools":[{"name":"t","slots":{},"phrasings":[{"text":"x","arguments":[]}]}],"refusals":[]}""", "'arguments'")]
    [InlineData("""{"slots":{},"tools":[],"refusals":["\ud800"]}""", "a text that is none")]
    public void Refuses_a_file_of_another_form_and_names_it(string json, string problem)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("bad.json"), json);
        var error = Assert.Throws<InputException>(() => CorpusTexts.Read(folder.Path).ToArray());

        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Equal(folder.File("bad.json"), error.File);
    }

    [Fact]
    public void Refuses_a_folder_without_corpus_files()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<InputException>(() => CorpusTexts.Read(folder.Path));
        Assert.Throws<InputException>(() => CorpusTexts.Read(folder.File("none")));
    }
}
