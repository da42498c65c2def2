using NeedleBench.Harness.Importing;

namespace NeedleBench.Harness.Hygiene;

/// <summary>Reads the requests of training data, so that suites can be kept clear of them.</summary>
public static class TrainingPhrasings
{
    /// <summary>
    /// The phrasings and refusals of the category files (<c>*.json</c>, the format of src/NeedleBench.Training/Corpus) and the
    /// queries of the JSONL files (<c>{"query":"…"}</c> a line, other members passed over) directly in
    /// <paramref name="folder"/>. Read while enumerated, so a corpus need not fit in memory; other files are passed over.
    /// </summary>
    /// <exception cref="InputException">There is no such data, or a file is wrong; thrown while enumerating.</exception>
    public static IEnumerable<TrainingPhrasing> Read(string folder) => CorpusFiles.In(folder).SelectMany(
        file => Path.GetExtension(file) == CorpusFiles.CategoryExtension ? ReadCategory(file) : ReadRequests(file));

    static IEnumerable<TrainingPhrasing> ReadCategory(string file)
    {
        var root = CorpusFiles.ReadCategory(file);
        var phrasings = root.GetProperty("tools").EnumerateArray()
            .SelectMany(tool => tool.GetProperty("phrasings").EnumerateArray())
            .Select(phrasing => new TrainingPhrasing(phrasing.GetProperty("text").GetString()!, HasSlots: true, file, null));
        var refusals = root.GetProperty("refusals").EnumerateArray()
            .Select(text => new TrainingPhrasing(text.GetString()!, HasSlots: false, file, null));
        var requests = root.GetProperty("tools").EnumerateArray()
            .Where(tool => tool.TryGetProperty("requests", out _))
            .SelectMany(tool => tool.GetProperty("requests").EnumerateArray())
            .Select(text => new TrainingPhrasing(text.GetString()!, HasSlots: false, file, null));
        return phrasings.Concat(refusals).Concat(requests);
    }

    static IEnumerable<TrainingPhrasing> ReadRequests(string file) => RecordFile.Read(file).Select(line =>
        new TrainingPhrasing(
            line.Place.Text(line.Record, "query", "Write {\"query\":\"…\"}, one JSON object a line."), HasSlots: false, file, line.Place.Line));
}
