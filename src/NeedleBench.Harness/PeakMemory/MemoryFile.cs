using System.Text.Json;
using NeedleBench.Harness.Files;
using NeedleBench.Harness.Running;

namespace NeedleBench.Harness.PeakMemory;

/// <summary>
/// <c>memory.jsonl</c> in a run's folder: a line for each model whose memory was measured. Lines are appended whole; what a
/// killed process did not write to the end is left out by readers and cut off before the next line.
/// </summary>
public static class MemoryFile
{
    public const string Name = "memory.jsonl";

    /// <summary>Reads the measurements of <paramref name="run"/>; none where there is no file.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="run">What was run.</param>
    /// <exception cref="InputException">A line is no measurement, or of another run, or two lines are of one model.</exception>
    public static IReadOnlyList<MemoryMeasurement> Read(string folder, RunDescription run)
    {
        var file = Path.Combine(folder, Name);
        if (!File.Exists(file))
        {
            return [];
        }

        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return ReadAll(stream, file, run, out _);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the memory figures cannot be read ({e.Message.TrimEnd('.')})", "Check the file's permissions.", file, inner: e);
        }
    }

    /// <summary>Adds a line, and waits until the disk has it.</summary>
    /// <exception cref="InputException">The file cannot be written to, or <see cref="Read"/> would refuse it.</exception>
    public static void Append(string folder, RunDescription run, MemoryMeasurement measurement)
    {
        var file = Path.Combine(folder, Name);
        using var opened = AppendOnlyFile.Open(file, mayExist: true, "memory figures", "Make room there; then go on with --resume.");
        ReadAll(opened.Content, file, run, out var end);
        opened.Content.SetLength(end);
        opened.Content.Position = end;
        opened.Append([.. JsonSerializer.SerializeToUtf8Bytes(measurement, HarnessJson.Line), (byte)'\n']);
        opened.Flush();
    }

    static List<MemoryMeasurement> ReadAll(Stream stream, string file, RunDescription run, out long end)
    {
        var measurements = new List<MemoryMeasurement>();
        var models = run.Models.Select(model => model.Spec).ToHashSet(StringComparer.Ordinal);
        end = 0;
        foreach (var line in LineReader.Read(stream).TakeWhile(line => line.Terminated))
        {
            var measurement = Parse(line, file);

            // Each model once: what is no longer in the set was measured by a line before.
            if (!models.Remove(measurement.Model))
            {
                throw new InputException(
                    $"the line is of a model that this run does not have or that another line measured ('{measurement.Model}')",
                    "Delete the line.", file, line.Number);
            }

            measurements.Add(measurement);
            end = line.End;
        }

        return measurements;
    }

    static MemoryMeasurement Parse(TextLine line, string file)
    {
        Exception? cause = null;
        try
        {
            var measurement = JsonSerializer.Deserialize<MemoryMeasurement>(line.Bytes.Span, HarnessJson.Line);
            if (measurement is { Model: not null, Fingerprint: not null, EmptyResidentBytes: >= 0, AboveEmptyBytes: >= 0 })
            {
                return measurement;
            }
        }
        catch (JsonException e)
        {
            cause = e;
        }

        throw new InputException(
            "the line is no measurement of memory", "Delete the line; the model is then measured again with --resume.", file, line.Number, cause);
    }
}
