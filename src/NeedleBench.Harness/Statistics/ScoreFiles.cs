using System.Text.Json;
using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Statistics;

/// <summary>
/// <c>scores.jsonl</c> and <c>summary.json</c> in a run's folder. Each is written beside its place and then renamed, so that
/// a reader finds the old file or the new one, whole.
/// </summary>
public static class ScoreFiles
{
    public const string ScoresName = "scores.jsonl";

    public const string SummaryName = "summary.json";

    const string Mend = "Score the run again.";

    /// <summary>Writes both, the summary last.</summary>
    /// <exception cref="InputException">There is no such folder.</exception>
    public static void Write(string folder, IEnumerable<CaseScore> scores, Summary summary)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(summary);
        if (!Directory.Exists(folder))
        {
            throw new InputException("there is no such folder", "Name the folder of a run.", folder);
        }

        AtomicFile.Write(Path.Combine(folder, ScoresName), stream =>
        {
            foreach (var score in scores)
            {
                JsonSerializer.Serialize(stream, score, HarnessJson.Line);
                stream.WriteByte((byte)'\n');
            }
        });
        AtomicFile.Write(Path.Combine(folder, SummaryName), stream =>
        {
            JsonSerializer.Serialize(stream, summary, HarnessJson.Indented);
            stream.WriteByte((byte)'\n');
        });
    }

    /// <summary>Reads <c>scores.jsonl</c>, line by line.</summary>
    /// <exception cref="InputException">It is missing, or a line cannot be read.</exception>
    public static IEnumerable<CaseScore> ReadScores(string folder)
    {
        var file = Path.Combine(folder, ScoresName);
        if (!File.Exists(file))
        {
            throw new InputException("the run has no scores", Mend, file);
        }

        return ReadLines(file);
    }

    /// <summary>Reads <c>summary.json</c>.</summary>
    /// <exception cref="InputException">It is missing, or cannot be read.</exception>
    public static Summary ReadSummary(string folder)
    {
        var file = Path.Combine(folder, SummaryName);
        if (!File.Exists(file))
        {
            throw new InputException("the run has no summary", Mend, file);
        }

        return Parse<Summary>(File.ReadAllText(file), HarnessJson.Indented, file, line: null);
    }

    static IEnumerable<CaseScore> ReadLines(string file)
    {
        var line = 0;
        foreach (var text in File.ReadLines(file))
        {
            line++;
            yield return Parse<CaseScore>(text, HarnessJson.Line, file, line);
        }
    }

    static T Parse<T>(string text, JsonSerializerOptions options, string file, int? line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, options)
                ?? throw new InputException("it says null where scores should stand", Mend, file, line);
        }
        catch (JsonException e)
        {
            var at = line ?? (e.LineNumber is { } n ? (int)n + 1 : null);
            throw new InputException($"it cannot be read ({e.Message.TrimEnd('.')})", Mend, file, at, e);
        }
    }
}
