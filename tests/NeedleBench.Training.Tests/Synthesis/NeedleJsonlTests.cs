using System.Text.Json;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Tests.Synthesis;

public class NeedleJsonlTests
{
    const string Line = """{"query":"hi","tools":"[{\"name\":\"get_time\",\"description\":\"\",\"parameters\":{\"city\":{\"type\":\"string\",\"description\":\"\",\"required\":true}}}]","answers":"[{\"name\":\"get_time\",\"arguments\":{\"city\":\"Łódź\"}}]"}""";

    static List<SyntheticExample> Read(params string[] lines)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("data.jsonl"), lines);
        return [.. NeedleJsonl.Read(folder.File("data.jsonl"))];
    }

    [Fact]
    public void Reads_what_it_writes()
    {
        var examples = new ExampleSynthesiser(TestCorpus.Repository, new SynthesisOptions(), 1).Stream().Take(300).ToList();
        using var folder = new TemporaryFolder();
        NeedleJsonl.Write(folder.File("data.jsonl"), examples);
        var read = NeedleJsonl.Read(folder.File("data.jsonl")).ToList();

        Assert.Equal(examples.Select(e => e.Query), read.Select(e => e.Query));
        Assert.Equal(examples.Select(NeedleJsonl.Line), read.Select(NeedleJsonl.Line));
        Assert.Equal(
            examples.Select(e => string.Join(';',
                e.Calls.Select(c => c.Arguments.ToString().Length > 0 ? JsonSerializer.Serialize(c.Arguments) : ""))),
            read.Select(e => string.Join(';', e.Calls.Select(c => JsonSerializer.Serialize(c.Arguments)))));
        Assert.False(File.Exists(folder.File("data.jsonl.tmp")));
    }

    [Fact]
    public void Writes_the_form_of_the_published_data()
    {
        var example = Assert.Single(Read(Line));

        Assert.Equal(Line, NeedleJsonl.Line(example));
    }

    [Fact]
    public void Reads_plain_arrays_and_answers_in_snake_case_for_tools_that_are_not()
    {
        var example = Assert.Single(Read(
            "", """{"query":"hi","tools":[{"type":"function","function":{"name":"getTime","parameters":{"type":"object","properties":{}}}}],"answers":[{"name":"get_time","arguments":{}}]}"""));

        Assert.Equal("getTime", Assert.Single(example.Calls).Name);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "no 'query'")]
    [InlineData("""{"query":"x","answers":"[]"}""", "no 'tools'")]
    [InlineData("""{"query":"x","tools":"[]","answers":"[{\"name\":\"f\",\"arguments\":{}}]"}""", "'f' is called but not offered")]
    [InlineData("""{"query":"x","tools":"[]","answers":"[{}]"}""", "'answers' is no list of calls")]
    [InlineData("""{"query":"x","tools":"{","answers":"[]"}""", "the tool list is not JSON")]
    [InlineData("""{"query":"x","tools":[{"name":"f"},{"name":"f"}],"answers":[]}""", "two tools are named 'f'")]
    [InlineData("""{"query":"\ud800","tools":[],"answers":[]}""", "not Unicode")]
    public void Names_the_line_that_is_no_example(string line, string problem)
    {
        var error = Assert.Throws<InputException>(() => Read(Line, line));

        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named_and_a_failed_one_leaves_the_old_content()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("data.jsonl"), "old");
        var wrong = Read(Line)[0] with { Tools = [] };

        Assert.Throws<InputException>(() => NeedleJsonl.Write(folder.File("none/data.jsonl"), []));
        Assert.Throws<InputException>(() => NeedleJsonl.Write(folder.File("data.jsonl"), [wrong]));
        Assert.Equal("old", File.ReadAllText(folder.File("data.jsonl")));
        Assert.False(File.Exists(folder.File("data.jsonl.tmp")));
    }
}
