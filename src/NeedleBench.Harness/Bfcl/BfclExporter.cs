using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Bfcl;

/// <summary>
/// Writes a suite in the form of the Berkeley leaderboard's files. An imported suite comes out as it came in; our own is
/// split by category, because the category decides on their check and stands in the file's name.
/// </summary>
public static class BfclExporter
{
    /// <summary>
    /// Writes <c>BFCL_v4_[suite_]category.json</c> and the file of the same name in <c>possible_answer</c> for each category
    /// of the suite. Ids stay ours.
    /// </summary>
    /// <param name="suite">The suite.</param>
    /// <param name="outFolder">Made where it is not there; files of these names are replaced.</param>
    /// <returns>The files of questions, in the order of the suite's cases.</returns>
    /// <exception cref="InputException">
    /// The suite's name holds a word that Berkeley would take for a category, or the folder cannot be written to.
    /// </exception>
    public static IReadOnlyList<string> Export(Suite suite, string outFolder)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var categories = new OrderedDictionary<string, List<(SuiteCase Case, BfclCase Bfcl)>>(StringComparer.Ordinal);
        foreach (var item in suite.Cases)
        {
            var bfcl = BfclCase.Of(item);
            var category = item.Bfcl is null ? $"{suite.Name}_{bfcl.Category}" : bfcl.Category;
            if (BfclCase.KindOf(category) != bfcl.Kind)
            {
                throw new InputException(
                    $"Berkeley's checker would take '{category}' for another category than {bfcl.Category}",
                    "Give the suite a name without 'parallel', 'multiple' and 'relevance'.", suite.Folder);
            }

            if (!categories.TryGetValue(category, out var cases))
            {
                categories.Add(category, cases = []);
            }

            cases.Add((item, bfcl));
        }

        var answersFolder = Path.Combine(outFolder, BfclFileName.AnswersFolder);
        try
        {
            Directory.CreateDirectory(answersFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the folder cannot be made ({e.Message.TrimEnd('.')})", "Name a folder that can be written to.", outFolder, inner: e);
        }

        var files = new List<string>();
        foreach (var (category, cases) in categories)
        {
            var file = Path.Combine(outFolder, BfclFileName.Of(category));
            BfclLines.Write(file, cases.Select(pair => Question(pair.Case, pair.Bfcl)));
            files.Add(file);
            if (BfclCase.KindOf(category) != BfclCategory.Irrelevance)
            {
                BfclLines.Write(Path.Combine(answersFolder, BfclFileName.Of(category)), cases.Select(pair => Answer(pair.Case, pair.Bfcl)));
            }
        }

        return files;
    }

    static JsonObject Question(SuiteCase item, BfclCase bfcl) => new()
    {
        ["id"] = item.Id,
        ["question"] = item.Bfcl is { Question.ValueKind: JsonValueKind.Array } original
            ? JsonNode.Parse(original.Question.GetRawText())
            : new JsonArray(new JsonArray(new JsonObject { ["role"] = "user", ["content"] = item.Query })),
        ["function"] = JsonNode.Parse(bfcl.Functions.GetRawText()),
    };

    static JsonObject Answer(SuiteCase item, BfclCase bfcl) => new()
    {
        ["id"] = item.Id,
        ["ground_truth"] = JsonNode.Parse(bfcl.GroundTruth.GetRawText()),
    };
}
