using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Harness.Hygiene;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Hygiene;

public sealed class TrainingCorpusTests : IDisposable
{
    const string Parameters = """{"type":"object","properties":{"duration":{"type":"string"}},"required":["duration"]}""";
    const string Category = $$$"""
        {"category":"timers","slots":{},"tools":[{"name":"set_timer","description":"Starts.","parameters":{{{Parameters}}},
          "phrasings":[{"text":"set a timer for {duration}"},{"text":"lights out","arguments":{}}],"requests":["the pasta burns"]}],"refusals":["sing to me {now}"]}
        """;

    readonly TemporaryFolder _folder = new();

    public TrainingCorpusTests() => File.WriteAllText(_folder.File("timers.json"), Category);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_phrasings_refusals_and_lists_of_requests()
    {
        File.WriteAllText(_folder.File("more.jsonl"), "{\"query\":\"one\",\"tools\":[]}\n\n{\"query\":\"two\"}");
        File.WriteAllText(_folder.File("README.md"), "not data");
        Assert.Equal(
            [("one", false, 1), ("two", false, 3), ("set a timer for {duration}", true, null), ("lights out", true, null), ("sing to me {now}", false, null), ("the pasta burns", false, null)],
            TrainingPhrasings.Read(_folder.Path).Select(phrasing => (phrasing.Text, phrasing.HasSlots, phrasing.Line)));
    }

    [Fact]
    public void Reads_every_phrasing_of_our_own_corpus()
    {
        var corpus = RepositoryFiles.InRepository("src/NeedleBench.Training/Corpus");
        var expected = Directory.GetFiles(corpus, "*.json").Select(file => JsonNode.Parse(File.ReadAllText(file))!)
            .Sum(category => category["tools"]!.AsArray().Sum(tool => tool!["phrasings"]!.AsArray().Count));
        Assert.Equal(expected, TrainingPhrasings.Read(corpus).Count(phrasing => phrasing.HasSlots));
        Assert.True(expected > 4000);
    }

    [Theory]
    [InlineData("more.jsonl", "{\"query\":\"one\"}\n{\"text\":\"two\"}", 2, "'query' is missing")]
    [InlineData("more.jsonl", "{\"query\":\"one\"}\n{", 2, "not JSON")]
    [InlineData("more.json", "{\"tools\":[]}", null, "no category file")]
    [InlineData("more.json", "{\"tools\":[{\"name\":\"x\",\"parameters\":{}}],\"refusals\":[]}", null, "no name, parameters or phrasings")]
    [InlineData("more.json", "{\"tools\":[{\"name\":\"x\",\"parameters\":{},\"phrasings\":[\"hi\"]}],\"refusals\":[]}", null, "a phrasing of 'x' has no text")]
    [InlineData(
        "more.json", "{\"tools\":[{\"name\":\"x\",\"parameters\":{},\"phrasings\":[],\"requests\":[7]}],\"refusals\":[]}", null, "the requests of 'x' are no list of texts")]
    [InlineData("more.json", "{\"tools\":[],\"refusals\":[7]}", null, "a refusal is no text")]
    public void Refuses_a_wrong_file_naming_it(string name, string text, int? line, string problem)
    {
        File.WriteAllText(_folder.File(name), text);
        var error = Assert.Throws<InputException>(() => TrainingPhrasings.Read(_folder.Path).ToList());
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Equal((_folder.File(name), line), (error.File, error.Line));
    }

    [Fact]
    public void Refuses_a_folder_without_training_data()
    {
        Directory.CreateDirectory(_folder.File("empty"));
        Assert.Throws<InputException>(() => TrainingPhrasings.Read(_folder.File("empty")).ToList());
        Assert.Throws<InputException>(() => TrainingTools.Read(_folder.File("nowhere")));
    }

    static readonly ToolDefinition Seen = new("set_timer", "Other words.", JsonElement.Parse(
        """{"required":["duration"],"properties":{"duration":{"type":"string"}},"type":"object"}"""));
    static readonly ToolDefinition Altered = new("set_timer", "", JsonElement.Parse("""{"type":"object","properties":{"minutes":{"type":"integer"}}}"""));
    static readonly ToolDefinition SameToModels = new("set.Timer", "", Seen.Parameters); // models read names in snake_case
    static readonly ToolDefinition Unseen = new("startTimer", "", Seen.Parameters);
    static readonly ToolDefinition OtherUnseen = new("brew", "", default);

    public static TheoryData<string, ToolDefinition[], ToolDefinition[], string?> Claims => new()
    {
        { "tools:seen", [Seen, Unseen], [Seen], null },
        { "tools:unseen", [Seen, Unseen], [Unseen], null },
        { "other", [Seen], [Seen], null },
        { "tools:seen", [Seen, Unseen], [Unseen], "'startTimer' does not stand in the training corpus" },
        { "tools:seen", [Seen, Unseen], [Seen, Unseen], "'startTimer' does not stand in the training corpus" },
        { "tools:seen", [Altered], [Altered], "'set_timer' stands in the training corpus with other parameters" },
        { "tools:unseen", [Seen], [Seen], "but 'set_timer' stands in the training corpus" },
        { "tools:seen", [SameToModels], [SameToModels], null },
        { "tools:unseen", [SameToModels], [SameToModels], "but 'set.Timer' stands in the training corpus" },
        { "tools:unseen", [Altered], [Altered], "but 'set_timer' stands in the training corpus" },
        { "tools:seen", [Seen], [], null },
        { "tools:unseen", [Seen, Unseen], [], null },
        { "tools:seen", [Seen, Unseen], [], "1 of 2 tools on offer stand" },
        { "tools:unseen", [Seen], [], "1 of 1 tools on offer stand" },
        { "tools:seen", [Altered, OtherUnseen], [], "0 of 2 tools on offer stand" },
    };

    [Theory]
    [MemberData(nameof(Claims))]
    public void Holds_the_tags_against_the_corpus(string tag, ToolDefinition[] offered, ToolDefinition[] called, string? problem)
    {
        var calls = called.Select(tool => new ExpectedCall(
            tool.Name, tool.Parameters.ValueKind == JsonValueKind.Undefined || tool == Altered
                ? new Dictionary<string, AcceptedValues>()
                : new Dictionary<string, AcceptedValues> { ["duration"] = new([JsonElement.Parse("\"ten\"")], false) }));
        var item = new SuiteCase("s/001", "q", offered, [.. calls], called.Length > 0 ? "terse" : "none", [tag], 1);
        var findings = SuiteValidator.Validate([new Suite("s", "T", "L", "1", "en", "s", [], [item])], _folder.Path);
        if (problem is null)
        {
            Assert.Empty(findings);
        }
        else
        {
            Assert.Contains(problem, Assert.Single(findings).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_validator_finds_queries_near_the_corpus()
    {
        var suite = new Suite("s", "T", "L", "1", "en", "s", [], [new SuiteCase("s/001", "Set a timer for an hour", [Unseen], [], "none", [], 1)]);
        Assert.Contains("fills the slots of", Assert.Single(SuiteValidator.Validate([suite], _folder.Path)).Message, StringComparison.Ordinal);
        Assert.Empty(SuiteValidator.Validate([suite]));
    }
}
