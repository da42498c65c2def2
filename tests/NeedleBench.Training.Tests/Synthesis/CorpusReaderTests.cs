using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Tests.Synthesis;

public class CorpusReaderTests
{
    [Fact]
    public void Reads_a_tool_with_its_parameters_slots_and_phrasings()
    {
        var category = Assert.Single(TestCorpus.Read(TestCorpus.File()).Categories);
        var tool = Assert.Single(category.Tools);

        Assert.Equal(("test", "set_level", 5), (category.Name, tool.Name, tool.Line));
        Assert.Equal(["level", "mode", "note", "tags"], tool.Parameters.Select(p => p.Name));
        Assert.Equal([true, false, false, false], tool.Parameters.Select(p => p.Required));
        Assert.Equal(["slow", "fast"], tool.Parameters[1].Enum);
        Assert.Equal(["minimum", "maximum"], tool.Parameters[0].Rest.Select(r => r.Key));
        Assert.Equal(
            [new("make it ", false), new("level", true), new(" in ", false), new("mode", true)], tool.Phrasings[2].Parts);
        Assert.Equal("100", tool.Phrasings[4].Arguments["level"].GetRawText());
        Assert.Equal([("Mind the Gap", true), ("ask Zoë", true)], category.Slots["note"].Select(v => (v.Say, v.IsPlain)));
        Assert.Equal(("half", "50", false),
            (category.Slots["level"][0].Say, category.Slots["level"][0].Value.GetRawText(), category.Slots["level"][0].IsPlain));
        Assert.Equal(["sing a song"], category.Refusals);
    }

    [Theory]
    [InlineData("\"name\":\"set_level\",", "", "'name' is missing")]
    [InlineData("\"phrasings\":[", "\"phrasings\":[7,", "a phrasing is a JSON number")]
    [InlineData("\"required\":[\"level\"]", "\"required\":[\"levle\"]", "'levle' is required but no parameter")]
    [InlineData("{\"text\":\"go to {level}\"}", "{\"text\":\" \"}", "text is empty")]
    [InlineData("\"type\":\"integer\",", "", "'type' is missing")]
    public void Names_the_file_and_the_line_of_the_tool_that_is_wrong(string find, string put, string problem)
    {
        Assert.Contains(find, TestCorpus.Tool, StringComparison.Ordinal);

        var error = Assert.Throws<InputException>(() =>
            TestCorpus.Read(TestCorpus.File(TestCorpus.Tool.Replace(find, put, StringComparison.Ordinal))));

        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.EndsWith("test.json", error.File);
        Assert.Equal(5, error.Line);
    }

    [Fact]
    public void Names_the_line_where_the_json_breaks()
    {
        var error = Assert.Throws<InputException>(() =>
            TestCorpus.Read("{\"category\":\"test\",\n\"description\":\"x\",\n\"slots\":{,}}"));

        Assert.Equal(3, error.Line);
    }

    [Fact]
    public void Refuses_a_folder_that_is_not_there_and_one_without_files()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<InputException>(() => CorpusReader.Read(folder.File("none")));
        Assert.Throws<InputException>(() => CorpusReader.Read(folder.Path));
    }
}
