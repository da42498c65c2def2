using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Harness.Bfcl.Conversion;
using NeedleBench.Harness.Files;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Bfcl;

/// <summary>
/// Imports the Berkeley leaderboard's questions (single-turn, Python) as suites. Ids, queries, function names and
/// descriptions stay as they are; the functions stand inline in each case, because their names repeat with other
/// parameters. Berkeley's ground truth goes along in each case's <c>bfcl</c> member, so that verdicts by their rules are
/// exactly theirs; <c>expected</c> is the nearest to it that whole accepted values come.
/// </summary>
/// <remarks>
/// A system message goes in front of the user's words, two line ends between, since a request here is one text. Berkeley
/// says nothing of style: calls are <c>conversational</c>, irrelevance is <c>none</c>. The sentence on Python's syntax that
/// their harness appends to descriptions is not in the files, so it is not here. Answers of theirs that their own
/// functions forbid (values outside an enumeration, mostly) and queries that stand twice are warnings of
/// <see cref="SuiteValidator"/>.
/// </remarks>
public static class BfclImporter
{
    /// <summary>The licence of Berkeley's files.</summary>
    public const string Licence = "Apache-2.0";

    /// <summary>The tag of every imported case; its category is another.</summary>
    public const string Tag = "bfcl";

    const string SourceUrl = "https://github.com/ShishirPatil/gorilla/tree/main/berkeley-function-call-leaderboard";

    /// <summary>Imports every file of questions in a folder that can be, each with its file in <c>possible_answer</c>.</summary>
    /// <param name="folder">The folder of the questions.</param>
    /// <param name="outRoot">The folder of suites; each file becomes <c>bfcl_</c> and its category there.</param>
    /// <exception cref="InputException">There is no such file, or one cannot be read.</exception>
    public static IReadOnlyList<BfclImportedSuite> ImportFolder(string folder, string outRoot)
    {
        List<string> files;
        try
        {
            files = [.. Directory.EnumerateFiles(folder, "*.json").Where(BfclFileName.IsKnown).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the folder cannot be read ({e.Message.TrimEnd('.')})", "Name the folder that holds BFCL_v4_simple_python.json and the like.",
                folder, inner: e);
        }

        if (files.Count == 0)
        {
            throw new InputException(
                "there is no file of single-turn Python questions", "Name the folder that holds BFCL_v4_simple_python.json and the like.", folder);
        }

        return [.. files.Select(file =>
        {
            var answers = Path.Combine(folder, BfclFileName.AnswersFolder, Path.GetFileName(file));
            return Import(file, File.Exists(answers) ? answers : null, outRoot, "bfcl_" + BfclFileName.CategoryOf(file));
        })];
    }

    /// <summary>Imports one file. The category follows from its name, as Berkeley's checks do.</summary>
    /// <param name="questionFile">JSON lines of questions.</param>
    /// <param name="answersFile">JSON lines of answers; null for irrelevance, which has none.</param>
    /// <param name="outRoot">The folder of suites; made where it is not there.</param>
    /// <param name="name">The suite's name, and its folder's in <paramref name="outRoot"/>. An earlier import is replaced.</param>
    /// <exception cref="InputException">
    /// A line is no such question or answer, or the folder holds a suite that was not imported. Nothing is written then.
    /// </exception>
    public static BfclImportedSuite Import(string questionFile, string? answersFile, string outRoot, string name)
    {
        ArgumentNullException.ThrowIfNull(questionFile);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var category = BfclFileName.CategoryOf(questionFile);
        var kind = BfclCase.KindOf(category);
        if (kind == BfclCategory.Relevance)
        {
            throw new InputException(
                "relevance questions say that some call is right, but not which", "Import another category.", questionFile);
        }

        if (kind != BfclCategory.Irrelevance && answersFile is null)
        {
            throw new InputException(
                $"the category '{category}' has answers, but no file of them is named",
                $"Name the file, in Berkeley's folders {BfclFileName.AnswersFolder}/{Path.GetFileName(questionFile)}.", questionFile);
        }

        var answers = answersFile is null ? [] : BfclLines.ReadAnswers(answersFile);
        var cases = new List<JsonObject>();
        foreach (var question in BfclLines.ReadQuestions(questionFile))
        {
            var truth = default(JsonElement?);
            if (kind != BfclCategory.Irrelevance)
            {
                truth = answers.TryGetValue(question.Id, out var answer)
                    ? answer
                    : throw new InputException(
                        $"'{question.Id}' has no answer in {answersFile}", "Name the answers to these questions.", questionFile, question.Line);
            }

            cases.Add(CaseLine(question, truth, category, questionFile));
        }

        if (cases.Count == 0)
        {
            throw new InputException("there are no questions", "Write one JSON object a line.", questionFile);
        }

        var folder = Path.Combine(outRoot, name);
        Write(folder, Head(name, category, questionFile), cases);
        return new BfclImportedSuite(name, folder, category, cases.Count);
    }

    static JsonObject Head(string name, string category, string questionFile) => new()
    {
        ["name"] = name,
        ["title"] = $"BFCL {category.Replace('_', ' ')}",
        ["licence"] = Licence,
        ["version"] = BfclFileName.VersionOf(questionFile) ?? "unknown",
        ["language"] = "en",
        ["source"] = $"{SourceUrl}, {Path.GetFileName(questionFile)}",
    };

    static JsonObject CaseLine(BfclQuestion question, JsonElement? truth, string category, string file)
    {
        var tools = new JsonArray();
        foreach (var function in question.Functions.EnumerateArray())
        {
            tools.Add(new JsonObject
            {
                ["name"] = function.GetProperty("name").GetString(),
                ["description"] = BfclLines.Text(function, "description") ?? "",
                ["parameters"] = BfclSchema.ToJsonSchema(function.GetProperty("parameters")),
            });
        }

        foreach (var call in truth?.EnumerateArray().Select(call => call.EnumerateObject().First().Name) ?? [])
        {
            if (BfclFunction.Find(question.Functions, call) is null)
            {
                throw new InputException($"the answer calls '{call}', which is not on offer", "Correct the answer.", file, question.Line);
            }
        }

        var original = new JsonObject { ["category"] = category };
        if (truth is { } calls)
        {
            original["ground_truth"] = JsonNode.Parse(calls.GetRawText());
        }

        if (question.IsMoreThanQuery)
        {
            original["question"] = JsonNode.Parse(question.Messages.GetRawText());
        }

        return new JsonObject
        {
            ["id"] = question.Id,
            ["query"] = question.Query,
            ["tools"] = tools,
            ["expected"] = truth is { } answer ? GroundTruthReader.Read(answer, question.Functions) : new JsonArray(),
            ["style"] = truth is null || truth.Value.GetArrayLength() == 0 ? CaseStyles.None : CaseStyles.Conversational,
            ["tags"] = new JsonArray(Tag, category),
            ["bfcl"] = original,
        };
    }

    static void Write(string folder, JsonObject head, List<JsonObject> cases)
    {
        var headFile = Path.Combine(folder, SuiteReader.SuiteFile);
        if (File.Exists(headFile) && !JsonText.ReadFile(headFile).Root.TryGetProperty("source", out _))
        {
            throw new InputException("a suite that was not imported stands there", "Give the import another name.", headFile);
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the folder cannot be made ({e.Message.TrimEnd('.')})", "Name a folder that can be written to.", folder, inner: e);
        }

        BfclLines.Write(Path.Combine(folder, SuiteReader.CasesFile), cases);
        AtomicFile.Write(Path.Combine(folder, SuiteReader.ToolsFile), "[]\n");
        AtomicFile.Write(headFile, head.ToJsonString(HarnessJson.Indented) + "\n");
    }
}
