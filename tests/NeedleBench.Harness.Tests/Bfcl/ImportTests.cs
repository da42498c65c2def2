using System.Text.Json;
using NeedleBench.Harness.Bfcl;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Bfcl;

/// <summary>The shared copy of Berkeley's files, imported as suites and exported again.</summary>
public sealed class ImportTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedFact("bfcl/possible_answer")]
    public void Every_file_becomes_a_suite_of_all_its_questions()
    {
        var imported = BfclImporter.ImportFolder(BfclData.Folder, _folder.Path);

        // Counts of facts/bfcl.md, section 1.
        Assert.Equal(
            ["irrelevance 240", "live_simple 258", "multiple 200", "parallel 200", "parallel_multiple 200", "simple_python 400"],
            imported.Select(suite => $"{suite.Category} {suite.Cases}"));
        var suites = SuiteCatalog.Load(_folder.Path, []);
        Assert.Equal(1498, suites.Sum(suite => suite.Cases.Count));
        Assert.All(suites, suite => Assert.Equal("Apache-2.0", suite.Licence));
        Assert.DoesNotContain(SuiteValidator.Validate(suites), finding => finding.Severity == FindingSeverity.Error);
    }

    [SharedFact("bfcl/possible_answer")]
    public void The_first_accepted_answer_passes_but_where_no_answer_can()
    {
        BfclImporter.ImportFolder(BfclData.Folder, _folder.Path);
        var cases = SuiteCatalog.Load(_folder.Path, []).SelectMany(suite => suite.Cases).ToList();

        var bfcl = cases.Where(item => !BfclChecker.Check(BfclCase.Of(item), Gold(item)).Valid).Select(item => item.Id);
        var strict = cases.Where(item => !StrictMatcher.Match(PreparedCase.Of(item), Gold(item)).IsExact).Select(item => item.Id);

        // The two live_simple entries with empty lists of alternatives (facts/bfcl.md, section 1).
        Assert.Equal(["live_simple_106-63-0", "live_simple_112-68-0"], bfcl);
        Assert.Empty(strict);
    }

    [SharedFact("bfcl/checker")]
    public void Verdicts_on_an_imported_suite_are_Berkeleys()
    {
        BfclImporter.ImportFolder(BfclData.Folder, _folder.Path);
        var cases = SuiteCatalog.Load(_folder.Path, []).SelectMany(suite => suite.Cases).ToDictionary(item => item.Id, BfclCase.Of);

        var differences = BfclData.Lines("checker/synthetic_mutations.jsonl").Where(vector =>
        {
            var calls = vector.GetProperty("calls").EnumerateArray()
                .Select(call => new ToolCall(call.GetProperty("name").GetString()!, call.GetProperty("arguments"))).ToList();
            var verdict = BfclChecker.Check(cases[vector.GetProperty("bfcl_id").GetString()!], calls);
            return verdict.ErrorType != vector.GetProperty("expected_error_type").GetString();
        }).Select(vector => vector.GetProperty("case").GetString());

        Assert.Empty(differences);
    }

    [SharedFact("bfcl/possible_answer")]
    public void Exporting_an_import_gives_Berkeleys_files_back()
    {
        foreach (var suite in BfclImporter.ImportFolder(BfclData.Folder, _folder.File("suites")))
        {
            BfclExporter.Export(SuiteReader.Read(suite.Folder), _folder.File("out"));
        }

        foreach (var file in Directory.EnumerateFiles(_folder.File("out"), "*.json", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(_folder.File("out"), file);
            var exported = File.ReadLines(file).Select(line => JsonElement.Parse(line)).ToList();
            var original = BfclData.Lines(relative).ToList();

            Assert.Equal(original.Count, exported.Count);
            Assert.All(original.Zip(exported), pair => Assert.True(
                JsonElement.DeepEquals(pair.First, pair.Second), $"{relative}: {pair.First} became {pair.Second}"));
            if (relative.StartsWith("possible_answer", StringComparison.Ordinal))
            {
                // To the letter: 5 and 5.0 are one number, but two answers.
                Assert.Equal(original.Select(line => JsonSerializer.Serialize(line)), exported.Select(line => JsonSerializer.Serialize(line)));
            }
        }

        Assert.Equal(11, Directory.EnumerateFiles(_folder.File("out"), "*", SearchOption.AllDirectories).Count());
    }

    [SharedFact("bfcl/possible_answer")]
    public void A_model_that_answers_right_is_right_by_every_count_of_Berkeleys()
    {
        BfclImporter.ImportFolder(BfclData.Folder, _folder.Path);
        var suites = SuiteCatalog.Load(_folder.Path, ["bfcl_simple_python", "bfcl_irrelevance"]);

        var scores = Scorer.Score(suites, suites.SelectMany(suite => suite.Cases.Select(item =>
            new Prediction { Model = "m", Suite = suite.Name, Case = item.Id, Repeat = 0, Calls = Gold(item) })));

        Assert.Equal(640, scores.Count(score => score.Bfcl is { Valid: true, ErrorType: null }));
        Assert.Equal(640, scores.Sum(score => score.Tallies["bfcl_accuracy"].Hits));
        Assert.Equal(240, scores.Sum(score => score.Tallies.GetValueOrDefault("irrelevance_bfcl").Hits));
    }

    static ToolCall[] Gold(SuiteCase item) =>
        [.. item.Expected.Select(call => new ToolCall(
            call.Name, JsonSerializer.SerializeToElement(call.Arguments.ToDictionary(a => a.Key, a => a.Value.Values[0]))))];
}
