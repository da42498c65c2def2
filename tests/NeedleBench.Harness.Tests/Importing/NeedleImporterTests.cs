using NeedleBench.Harness.Importing;
using NeedleBench.Harness.Suites;
using NeedleBench.Harness.Tests.Suites;

namespace NeedleBench.Harness.Tests.Importing;

public sealed class NeedleImporterTests : IDisposable
{
    const string Good = """{"query":"weather in Köln","tools":"[{\"name\":\"get_weather\",\"description\":\"Weather.\",\"parameters\":{\"city\":{\"type\":\"string\",\"description\":\"Where.\",\"required\":true},\"days\":{\"type\":\"integer\",\"description\":\"How many.\",\"required\":false}}}]","answers":"[{\"name\":\"get_weather\",\"arguments\":{\"city\":\"Köln\",\"days\":2}}]"}""";
    const string Tools = """[{"name":"get_weather","description":"Weather.","parameters":{"city":{"type":"string","required":true}}},{"name":"ping"}]""";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    Suite Import(string lines, ImportOptions? options = null, string name = "their_cases")
    {
        File.WriteAllText(_folder.File("data.jsonl"), lines);
        return NeedleImporter.Import(_folder.File("data.jsonl"), _folder.File("out"), name, options);
    }

    InputException Refused(string lines) => Assert.Throws<InputException>(() => Import(lines));

    static string Record(string tools = Tools, string answers = "[]", string query = "\"q\"") =>
        $$"""{"query":{{query}},"tools":{{tools}},"answers":{{answers}}}""";

    [Fact]
    public void Imports_texts_of_JSON_and_the_JSON_itself()
    {
        var suite = Import(Good + "\r\n\n" + Record(answers: """[{"name":"ping","arguments":{}},{"name":"get_weather","arguments":{"city":"Rome"}}]""") + "\n" + Record());

        Assert.Equal(["their-cases/00001", "their-cases/00003", "their-cases/00004"], suite.Cases.Select(item => item.Id));
        Assert.Equal(["conversational", "conversational", "none"], suite.Cases.Select(item => item.Style));
        Assert.All(suite.Cases, item => Assert.Equal(["imported"], item.Tags));

        var first = suite.Cases[0];
        Assert.Equal("weather in Köln", first.Query);
        var tool = Assert.Single(first.Tools);
        Assert.True(tool.IsFlat);
        Assert.Equal("city", Assert.Single(tool.Schema.GetProperty("required").EnumerateArray()).GetString());
        var call = Assert.Single(first.Expected);
        Assert.Equal("get_weather", call.Name);
        Assert.Equal("Köln", Assert.Single(call.Arguments["city"].Values).GetString());
        Assert.Equal(2, Assert.Single(call.Arguments["days"].Values).GetInt32());
        Assert.False(call.Arguments["days"].MayBeOmitted);

        Assert.Equal(["ping", "get_weather"], suite.Cases[1].Expected.Select(c => c.Name));
        Assert.True(suite.Cases[2].IsRefusal);
        Assert.DoesNotContain(SuiteValidator.Validate([suite]), finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void What_is_imported_writes_and_reads_back_as_the_same_suite()
    {
        var suite = Import(Good + "\n" + Record());
        SuiteAssert.Equal(suite, SuiteWriter.Write(suite, _folder.File("again/their_cases")));
    }

    [Fact]
    public void A_name_with_two_definitions_stands_inline_and_one_with_a_single_one_in_tools_json()
    {
        var suite = Import(Good + "\n" + Record());
        Assert.Equal(["ping"], suite.Tools.Select(tool => tool.Name));
        Assert.Equal("2,1", string.Join(',', suite.Cases.Select(item => item.Tools[0].Parameters.EnumerateObject().Count())));
    }

    [Fact]
    public void Says_where_it_came_from_and_that_its_licence_is_unknown()
    {
        var suite = Import(Good);
        Assert.Equal(("their_cases", "unknown", "data.jsonl", "en", null), (suite.Title, suite.Licence, suite.Source, suite.Language, suite.Profile));

        suite = Import(Good, new ImportOptions { Title = "Theirs", Licence = "MIT", Source = "https://example.org/x", Version = "7", Language = "de" }, "other");
        Assert.Equal(("Theirs", "MIT", "https://example.org/x", "7", "de"), (suite.Title, suite.Licence, suite.Source, suite.Version, suite.Language));
    }

    public static TheoryData<string, string> BadLines => new()
    {
        { "{\"query\":", "not JSON" },
        { "7", "no JSON object" },
        { """{"tools":[],"answers":[]}""", "'query' is missing" },
        { Record(query: "\"  \""), "'query' is missing or not a text" },
        { """{"query":"q","answers":[]}""", "'tools' is missing" },
        { """{"query":"q","tools":[]}""", "'answers' is missing" },
        { Record("{}"), "the tool list is a JSON object" },
        { Record("\"[{]\""), "the text of 'tools': not JSON" },
        { Record("[{\"description\":\"d\"}]"), "tool 0 has no name" },
        { Record("[{\"name\":\"a\"},{\"name\":\"a\"}]"), "'a' is offered twice" },
        { Record(answers: "\"\""), "the text of 'answers': not JSON" },
        { Record(answers: "{}"), "'answers' is no list" },
        { Record(answers: "[{\"name\":\"ping\"}]"), "not a name and its arguments" },
        { Record(answers: "[{\"name\":\"ping\",\"arguments\":[]}]"), "are no JSON object" },
        { Record(answers: "[{\"name\":\"pong\",\"arguments\":{}}]"), "'pong' is expected but not offered" },
        { Record(answers: "[{\"name\":\"ping\",\"arguments\":{\"a\":null}}]"), "'a' of 'ping' is null" },
        { Record(answers: "\"[{\\\"name\\\":\\\"ping\\\",\\\"arguments\\\":{\\\"a\\\":1,\\\"a\\\":2}}]\""), "the text of 'answers': not JSON" },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public void Refuses_a_bad_line_naming_it_and_leaves_nothing_behind(string line, string problem)
    {
        var error = Refused(Good + "\n\n" + line + "\n" + Good);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal(_folder.File("data.jsonl"), error.File);
        Assert.Equal(3, error.Line);
        Assert.NotEmpty(error.Mend);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n  \n")]
    public void Refuses_a_file_without_records(string lines) =>
        Assert.Contains("no records", Refused(lines).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_file_that_is_not_there()
    {
        var error = Assert.Throws<InputException>(() => NeedleImporter.Import(_folder.File("no.jsonl"), _folder.File("out"), "x"));
        Assert.Equal(_folder.File("no.jsonl"), error.File);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public void Refuses_a_name_that_is_no_folders(string name) =>
        Assert.Contains("cannot be a suite's name", Assert.Throws<InputException>(() => Import(Good, name: name)).Problem, StringComparison.Ordinal);

    [Fact]
    public void Refuses_to_import_over_a_suite()
    {
        var suite = Import(Good);
        Assert.Contains("stands here already", Assert.Throws<InputException>(() => Import(Record())).Problem, StringComparison.Ordinal);
        SuiteAssert.Equal(suite, SuiteReader.Read(_folder.File("out/their_cases")));
    }
}
