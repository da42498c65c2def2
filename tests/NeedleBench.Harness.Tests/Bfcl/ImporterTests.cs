using System.Text.Json;
using NeedleBench.Harness.Bfcl;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;
using NeedleBench.Harness.Tests.Suites;

namespace NeedleBench.Harness.Tests.Bfcl;

/// <summary>Import and export on small files of our own in Berkeley's form.</summary>
public sealed class ImporterTests : IDisposable
{
    const string Function =
        """
        {"name":"oven.bake","description":"Bakes.","parameters":{"type":"dict","properties":{"dish":{"type":"string"},"heat":{"type":"float","default":180.0},"at":{"type":"tuple","items":{"type":"float"}},"extra":{"type":"any"},"steam":{"type":"dict","properties":{"level":{"type":"integer"}},"optional":true}},"required":["dish"]}}
        """;

    const string Question =
        $$"""{"id":"q_0","question":[[{"role":"user","content":"Bake the bread."}]],"function":[{{Function}}]}""";

    const string Answer =
        """
        {"id":"q_0","ground_truth":[{"oven.bake":{"dish":["bread",""],"heat":["",200.0],"at":[""],"extra":[null,""],"steam":[{"level":[1,2],"boost":[true,""]},""],"ghost":[1,""]}}]}
        """;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_question_becomes_a_case()
    {
        var item = Assert.Single(Import([Question], [Answer]).Cases);

        Assert.Equal(("q_0", "Bake the bread.", "conversational"), (item.Id, item.Query, item.Style));
        Assert.Equal(["bfcl", "simple_own"], item.Tags);
        Assert.Equal("oven.bake", item.Tools[0].Name);
        Assert.True(JsonElement.DeepEquals(
            JsonElement.Parse(
                """
                {"type":"object","properties":{"dish":{"type":"string"},"heat":{"type":"number","default":180.0},
                 "at":{"type":"array","items":{"type":"number"},"x-bfcl-type":"tuple"},"extra":{},
                 "steam":{"type":"object","properties":{"level":{"type":"integer"}},"optional":true}},"required":["dish"]}
                """),
            item.Tools[0].Parameters), item.Tools[0].Parameters.GetRawText());
    }

    [Fact]
    public void Alternatives_become_accepted_values()
    {
        var call = Assert.Single(Assert.Single(Import([Question], [Answer]).Cases).Expected);

        // Required stays required, but takes the empty text, as Berkeley's checker does; what only "" or null stands at, and what the function does not have, must not be given.
        Assert.Equal(
            """
            dish: "bread" ""
            heat: 200.0 null
            steam: {"level":1,"boost":true} {"level":1} {"level":2,"boost":true} {"level":2} null
            """.ReplaceLineEndings("\n"),
            string.Join('\n', call.Arguments.Select(a =>
                $"{a.Key}: {string.Join(' ', a.Value.Values.Select(v => v.GetRawText()))}{(a.Value.MayBeOmitted ? " null" : "")}")));
    }

    [Fact]
    public void Words_of_the_system_go_in_front_and_come_back()
    {
        var question = Question.Replace("[[", """[[{"role":"system","content":"Be brief."},""", StringComparison.Ordinal);

        var suite = Import([question], [Answer]);
        BfclExporter.Export(suite, _folder.File("out"));

        Assert.Equal("Be brief.\n\nBake the bread.", suite.Cases[0].Query);
        AssertSameJson(question, File.ReadAllText(Path.Combine(_folder.File("out"), "BFCL_v4_simple_own.json")));
        AssertSameJson(Answer, File.ReadAllText(Path.Combine(_folder.File("out"), "possible_answer", "BFCL_v4_simple_own.json")));
    }

    [Theory]
    [InlineData("not json", null, "questions.json:2: not JSON")]
    [InlineData("[]", null, "questions.json:2: the line is no JSON object")]
    [InlineData("""{"question":[]}""", null, "questions.json:2: there is no id")]
    [InlineData("""{"id":"q_1","question":"hi","function":[]}""", null, "questions.json:2: 'q_1' has no question")]
    [InlineData("""{"id":"q_1","question":[[],[]],"function":[]}""", null, "questions.json:2: 'q_1' has 2 turns")]
    [InlineData("""{"id":"q_1","question":[[{"role":"assistant","content":"hi"}]],"function":[]}""", null, "questions.json:2: 'q_1' is not one message")]
    [InlineData("""{"id":"q_1","question":[[{"role":"user","content":" "}]],"function":[]}""", null, "questions.json:2: 'q_1' has no words")]
    [InlineData("""{"id":"q_1","question":[[{"role":"user","content":"hi"}]]}""", null, "questions.json:2: 'q_1' has no list of functions")]
    [InlineData("""{"id":"q_1","question":[[{"role":"user","content":"hi"}]],"function":[{"name":"f"}]}""", null, "questions.json:2: a function of 'q_1' has no name or no parameters")]
    [InlineData(Question, null, "questions.json:2: the id 'q_0' stands on line 1 already")]
    [InlineData("""{"id":"q_1","question":[[{"role":"user","content":"hi"}]],"function":[]}""", null, "questions.json:2: 'q_1' has no answer in")]
    [InlineData("""{"id":"q_1","question":[[{"role":"user","content":"hi"}]],"function":[]}""", """{"id":"q_1","ground_truth":[{"f":{}}]}""", "questions.json:2: the answer calls 'f', which is not on offer")]
    [InlineData("", """{"id":"q_1","ground_truth":{"f":{}}}""", "answers.json:2: the ground truth is no list of calls")]
    [InlineData("", """{"id":"q_1"}""", "answers.json:2: the answer 'q_1' has no ground truth")]
    [InlineData("", Answer, "answers.json:2: the id 'q_0' has an answer already")]
    public void A_line_that_is_no_such_question_is_named_and_nothing_is_written(string question, string? answer, string message)
    {
        var error = Assert.Throws<InputException>(() => Import([Question, question], [Answer, answer ?? ""]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("suites")));
    }

    [Fact]
    public void Questions_that_need_answers_are_not_imported_without()
    {
        var error = Assert.Throws<InputException>(() => Import([Question], null));

        Assert.Contains("possible_answer/questions.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_gives_what_is_single_turn_Python_and_nothing_else()
    {
        foreach (var name in new[] { "simple_java", "multi_turn_base", "live_relevance", "exec_simple", "irrelevance", "notes" })
        {
            File.WriteAllText(_folder.File(name == "notes" ? "notes.json" : $"BFCL_v3_{name}.json"), Question);
        }

        var suite = Assert.Single(BfclImporter.ImportFolder(_folder.Path, _folder.File("suites")));

        Assert.Equal(("bfcl_irrelevance", 1), (suite.Name, suite.Cases));
        var read = SuiteReader.Read(suite.Folder);
        Assert.Equal("v3", read.Version);
        Assert.Equal(CaseStyles.None, read.Cases[0].Style);
        Assert.Empty(read.Cases[0].Expected);
    }

    [Fact]
    public void A_folder_without_such_files_is_named()
    {
        Assert.Contains(_folder.Path, Assert.Throws<InputException>(
            () => BfclImporter.ImportFolder(_folder.Path, _folder.File("suites"))).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => BfclImporter.ImportFolder(_folder.File("missing"), _folder.File("suites")));
    }

    [Fact]
    public void A_suite_of_our_own_is_never_overwritten()
    {
        var own = SuiteFiles.Write(_folder.File("suites"), "own", SuiteFiles.Alarm("own/001"));
        var before = File.ReadAllText(Path.Combine(own, "cases.jsonl"));

        Assert.Throws<InputException>(() => Import([Question], [Answer]));

        Assert.Equal(before, File.ReadAllText(Path.Combine(own, "cases.jsonl")));
    }

    [Theory]
    [InlineData("""{"ground_truth":[]}""", "no category")]
    [InlineData("""{"category":"simple","truth":[]}""", "unknown key 'truth'")]
    [InlineData("""{"category":"simple","ground_truth":[5]}""", "no list of calls")]
    public void A_case_whose_original_cannot_be_read_is_named(string original, string message)
    {
        var line = SuiteFiles.Alarm("own/001");
        var folder = SuiteFiles.Write(_folder.Path, "own", line[..^1] + ",\"bfcl\":" + original + "}");

        var error = Assert.Throws<InputException>(() => SuiteReader.Read(folder));

        Assert.Contains("cases.jsonl:1: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Our_suites_come_back_from_an_export_as_they_were()
    {
        foreach (var suite in SuiteCatalog.Load(RepositoryFiles.InRepository("suites"), []))
        {
            var (export, import) = (_folder.File("out-" + suite.Name), _folder.File("in-" + suite.Name));
            BfclExporter.Export(suite, export);
            BfclImporter.ImportFolder(export, import);

            var back = SuiteCatalog.Load(import, []).SelectMany(read => read.Cases).ToDictionary(item => item.Id);

            Assert.Equal(suite.Cases.Count, back.Count);
            Assert.All(suite.Cases, item => AssertSame(item, back[item.Id]));
        }
    }

    [Fact]
    public void A_suite_whose_name_would_change_the_check_is_not_exported()
    {
        var suite = SuiteReader.Read(SuiteFiles.Write(_folder.Path, "parallel_parking", SuiteFiles.Alarm("parallel-parking/001")));

        Assert.Throws<InputException>(() => BfclExporter.Export(suite, _folder.File("out")));
    }

    static void AssertSame(SuiteCase ours, SuiteCase back)
    {
        Assert.Equal(ours.Query, back.Query);
        Assert.Equal(ours.Tools.Select(Text), back.Tools.Select(Text));
        Assert.Equal(ours.Expected.Select(Text), back.Expected.Select(Text));
    }

    static string Text(ToolDefinition tool) => $"{tool.Name} {tool.Description} {JsonSerializer.Serialize(tool.Schema)}";

    // The order of accepted values carries no meaning beyond the first.
    static string Text(ExpectedCall call) => call.Name + ": " + string.Join("; ", call.Arguments.Select(a =>
        $"{a.Key} {CanonicalJson.Of(a.Value.Values[0])} {string.Join(' ', a.Value.Values.Select(CanonicalJson.Of).Order(StringComparer.Ordinal))} {a.Value.MayBeOmitted}"));

    static void AssertSameJson(string expected, string actual) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(actual)), actual);

    Suite Import(string[] questions, string[]? answers)
    {
        // The category is a file's name where that is not of Berkeley's form.
        var named = answers is null || questions.Length > 1;
        var file = _folder.File(named ? "questions.json" : "BFCL_v4_simple_own.json");
        File.WriteAllLines(file, questions);
        if (answers is not null)
        {
            File.WriteAllLines(_folder.File("answers.json"), answers);
        }

        return SuiteReader.Read(BfclImporter.Import(
            file, answers is null ? null : _folder.File("answers.json"), _folder.File("suites"), "own").Folder);
    }
}
