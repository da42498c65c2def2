using NeedleBench.Harness.PeakMemory;

namespace NeedleBench.Harness.Running;

/// <summary>Reads a run for scoring, finished or not. Writes nothing, and may read while the run goes on.</summary>
public static class RunReader
{
    /// <summary>
    /// Reads <c>run.json</c>, <c>predictions.jsonl</c> and, where it is there, <c>memory.jsonl</c>. A last line that is not wholly written is left out; a run that
    /// has no predictions yet has none.
    /// </summary>
    /// <exception cref="InputException">
    /// There is no run, a line is broken, two lines answer one item, or a line answers no item of this run.
    /// </exception>
    public static RecordedRun Read(string folder)
    {
        var description = ReadDescription(folder);
        var memory = MemoryFile.Read(folder, description);
        var file = Path.Combine(folder, RunFolder.PredictionsFile);
        if (!File.Exists(file))
        {
            return new RecordedRun(description, []) { Memory = memory };
        }

        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var recorded = PredictionLine.ReadAll(stream, file, out _);
            CheckBelonging(description, recorded, file);
            return new RecordedRun(description, [.. recorded.Select(item => item.Prediction)]) { Memory = memory };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the predictions cannot be read ({e.Message.TrimEnd('.')})",
                "Check the file's permissions.", file, inner: e);
        }
    }

    /// <summary>Reads <c>run.json</c> alone.</summary>
    /// <exception cref="InputException">There is no run.</exception>
    public static RunDescription ReadDescription(string folder) =>
        RunFolder.ReadDescription(Path.Combine(folder, RunFolder.DescriptionFile));

    static void CheckBelonging(RunDescription description, IEnumerable<(Prediction, int)> recorded, string file)
    {
        var models = description.Models.Select(model => model.Spec).ToHashSet(StringComparer.Ordinal);
        var suites = description.Suites.Select(suite => suite.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (prediction, line) in recorded)
        {
            if (!models.Contains(prediction.Model) || !suites.Contains(prediction.Suite) || prediction.Repeat >= description.Repeats)
            {
                throw new InputException(
                    $"the line answers no item of this run ({prediction.Key})", "Delete the line: it came from another run.", file, line);
            }
        }
    }
}
