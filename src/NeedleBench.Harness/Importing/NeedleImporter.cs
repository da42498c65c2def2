using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Importing;

/// <summary>
/// Imports Needle's JSONL: a record is <c>{"query":"…","tools":…,"answers":…}</c>, where tools and answers are JSON arrays or
/// the texts of such. A tool's parameters are Needle's flat map or a JSON Schema and stay as they are; an answer is
/// <c>{"name","arguments"}</c>, and no answer means that no call is right. Other members are passed over.
/// </summary>
public static class NeedleImporter
{
    /// <summary>
    /// Writes the suite <paramref name="name"/> to a new folder in <paramref name="outFolder"/>: whole, or not at all.
    /// Cases are tagged <c>imported</c>; their style, which the file does not give, is <c>conversational</c>, or <c>none</c>
    /// where no call is right.
    /// </summary>
    /// <param name="file">The file to import: UTF-8, one JSON object a line.</param>
    /// <param name="outFolder">The folder of suites; made where there is none.</param>
    /// <param name="name">The suite's name, and its folder's.</param>
    /// <param name="options">What the suite says of itself; defaults where not given.</param>
    /// <returns>The suite as it reads from its folder.</returns>
    /// <exception cref="InputException">
    /// A record is wrong (the message names its line and the mend), the name cannot be one, the folder is there already or
    /// cannot be written to.
    /// </exception>
    public static Suite Import(string file, string outFolder, string name, ImportOptions? options = null) =>
        ImportedSuite.Write(file, outFolder, name, options ?? new ImportOptions(), Read);

    static IEnumerable<ImportedCase> Read(string file)
    {
        foreach (var (record, place) in RecordFile.Read(file))
        {
            const string Mend = "A record is {\"query\":\"…\",\"tools\":[…],\"answers\":[…]}.";
            var query = place.Text(record, "query", Mend);
            var tools = place.Tools(record);
            yield return record.TryGetProperty("answers", out var answers)
                ? new ImportedCase(place.Line, query, tools, ExpectedCallRecord.ReadList(answers, "answers", tools, place), [])
                : throw place.Bad("'answers' is missing", Mend);
        }
    }
}
