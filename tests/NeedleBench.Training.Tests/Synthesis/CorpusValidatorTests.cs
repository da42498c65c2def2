using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Tests.Synthesis;

public class CorpusValidatorTests
{
    [Fact]
    public void Finds_nothing_in_a_sound_corpus() => Assert.Empty(CorpusValidator.Validate(TestCorpus.Read(TestCorpus.File())));

    [Fact]
    public void The_corpus_of_the_repository_has_no_errors()
    {
        var findings = CorpusValidator.Validate(TestCorpus.Repository);

        Assert.DoesNotContain(findings, f => f.Severity == CorpusFindingSeverity.Error);
        Assert.Contains(findings, f => f.Tool == "convert_currency"
            && f.Problem.Contains("stands in 'finance' already", StringComparison.Ordinal));
    }

    [Fact]
    public void The_corpus_of_the_repository_is_as_large_as_it_was_at_least()
    {
        var totals = TestCorpus.Repository.Totals;

        // Counted with jq over the first fifteen files.
        Assert.True(totals.Categories >= 15 && totals.Tools >= 210 && totals.Phrasings >= 4440 && totals.Refusals >= 375,
            totals.ToString());
    }

    [Theory]
    [InlineData("go to {level}", "go to {depth}", "{depth} is no parameter")]
    [InlineData("go to {level}", "go to {level} or {level}", "{level} stands there twice")]
    [InlineData("go to {level}", "go there", "the required 'level' is missing")]
    [InlineData("go to {level}", "go to {level} {", "braces do not pair")]
    [InlineData("\"note\":\"note\"", "\"note\":\"remark\"", "there is no slot 'remark'")]
    [InlineData(",\"note\":\"note\"", "", "{note} has no slot")]
    [InlineData("\"mode\":\"mode\"", "\"mode\":\"note\"", "\"Mind the Gap\" is not in the enum")]
    [InlineData("\"maximum\":100", "\"maximum\":40", "50 is above 40")]
    [InlineData("\"minimum\":0", "\"minimum\":20", "10 is below 20")]
    [InlineData("\"maximum\":100", "\"maximum\":\"high\"", "the schema of the parameter is malformed")]
    [InlineData("\"items\":{\"type\":\"string\"}", "\"items\":{\"type\":\"integer\"}", "\"a\" is no integer")]
    [InlineData("\"arguments\":{\"level\":100}", "\"arguments\":{\"level\":101}", "101 is above 100")]
    [InlineData("\"arguments\":{\"level\":100}", "\"arguments\":{\"level\":100,\"lamp\":1}",
        "the argument 'lamp' is no parameter")]
    [InlineData("\"type\":\"array\"", "\"type\":\"list\"", "unknown type 'list'")]
    [InlineData("\"note\":\"note\"", "\"note\":\"note\",\"lamp\":\"note\"", "'lamp', which is no parameter")]
    public void Finds_what_would_make_wrong_examples(string find, string put, string problem)
    {
        Assert.Contains(find, TestCorpus.Tool, StringComparison.Ordinal);

        var corpus = TestCorpus.Read(TestCorpus.File(TestCorpus.Tool.Replace(find, put, StringComparison.Ordinal)));

        var finding = CorpusValidator.Validate(corpus).First(f => f.Problem.Contains(problem, StringComparison.Ordinal));
        Assert.Equal((CorpusFindingSeverity.Error, "set_level", 5), (finding.Severity, finding.Tool, finding.Line));
        Assert.Throws<InputException>(() => new ExampleSynthesiser(corpus, new SynthesisOptions(), 1));
    }

    [Theory]
    [InlineData("\"requests\":[\"it is too dark\",\"it is too dark\"],", "the request 'it is too dark' stands there twice")]
    [InlineData("\"requests\":[\"all the way\"],", "the request 'all the way' stands there twice")]
    public void Finds_requests_that_teach_nothing(string requests, string problem)
    {
        var tool = TestCorpus.Tool.Replace("\"phrasings\"", $"{requests}\"phrasings\"", StringComparison.Ordinal);

        var finding = Assert.Single(CorpusValidator.Validate(TestCorpus.Read(TestCorpus.File(tool))));
        Assert.Equal((CorpusFindingSeverity.Warning, problem), (finding.Severity, finding.Problem));
    }

    [Fact]
    public void Finds_too_few_phrasings_and_a_name_given_twice()
    {
        var tool = TestCorpus.Tool.Replace("{\"text\":\"go to {level}\"},", "", StringComparison.Ordinal);
        var findings = CorpusValidator.Validate(TestCorpus.Read(TestCorpus.File($"{tool},{tool.Replace("set_level", "setLevel", StringComparison.Ordinal)}")));

        Assert.Equal(2, findings.Count(f => f.Problem.Contains("5 phrasings, fewer than 6", StringComparison.Ordinal)));
        Assert.Single(findings, f => f is { Tool: "setLevel", Severity: CorpusFindingSeverity.Error }
            && f.Problem.Contains("the name stands in 'test' already", StringComparison.Ordinal));
    }
}
