using System.Text.Json;
using NeedleBench.Harness.Files;

namespace NeedleBench.Harness.Running;

/// <summary>
/// A run's folder, open for writing by this process alone. The lock is the operating system's on an open file, so it ends
/// with the process, however that ends.
/// </summary>
public sealed class RunFolder : IDisposable
{
    public const string DescriptionFile = "run.json";
    public const string PredictionsFile = "predictions.jsonl";
    const string LockFile = ".lock";

    static readonly char[] Forbidden = [.. "/\\:*?\"<>|"];

    readonly FileStream _lock;
    readonly bool _created;

    RunFolder(string path, FileStream locked, bool created)
    {
        Folder = path;
        _lock = locked;
        _created = created;
    }

    public string Folder { get; }

    public string DescriptionPath => Path.Combine(Folder, DescriptionFile);

    public string PredictionsPath => Path.Combine(Folder, PredictionsFile);

    /// <summary>Whether predictions stand in the folder.</summary>
    public bool HasPredictions => File.Exists(PredictionsPath) && new FileInfo(PredictionsPath).Length > 0;

    /// <summary>Makes <c>root/name</c> where it is not there yet, and locks it.</summary>
    /// <exception cref="InputException">
    /// The name is no folder's name, the folder cannot be made, or another process is writing to it.
    /// </exception>
    public static RunFolder Open(string root, string name)
    {
        CheckName(name);
        var path = Path.Combine(root, name);
        try
        {
            var created = !Directory.Exists(path);
            Directory.CreateDirectory(path);
            return new RunFolder(path, Lock(path), created);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the run's folder cannot be made or written to ({e.Message.TrimEnd('.')})",
                "Name a results folder that can be written to.", path, inner: e);
        }
    }

    /// <summary>Refuses names that lead elsewhere, or that some file system cannot hold.</summary>
    /// <exception cref="InputException">The name is such a name.</exception>
    public static void CheckName(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 200 || name.StartsWith('.') || name.EndsWith('.') || name.Trim() != name
            || name.IndexOfAny(Forbidden) >= 0 || name.Any(char.IsControl))
        {
            throw new InputException(
                $"'{name}' is no name for a run",
                "Use letters, digits, '-' and '_'; the folder above is an option of its own.");
        }
    }

    /// <summary><c>run.json</c>; null where there is none yet.</summary>
    /// <exception cref="InputException">The file is no run description.</exception>
    public RunDescription? ReadDescription() => File.Exists(DescriptionPath) ? ReadDescription(DescriptionPath) : null;

    /// <summary>Writes <c>run.json</c>, whole or not at all.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    public void WriteDescription(RunDescription description) =>
        AtomicFile.Write(DescriptionPath, JsonSerializer.Serialize(description, HarnessJson.Indented) + "\n");

    internal static RunDescription ReadDescription(string file)
    {
        try
        {
            var description = JsonSerializer.Deserialize<RunDescription>(
                JsonText.WithoutByteOrderMark(File.ReadAllBytes(file)).Span, HarnessJson.Indented);
            if (description is { Models: not null, Suites: not null, Machine: not null })
            {
                return description;
            }

            throw new InputException("the file is no run description", "Run again under another name.", file);
        }
        catch (JsonException e)
        {
            throw new InputException(
                "the file is no run description", "Run again under another name.", file, e.LineNumber is { } n ? (int)n + 1 : null, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"there is no run to read ({e.Message.TrimEnd('.')})",
                "Name a run's folder: one with run.json and predictions.jsonl.", file, inner: e);
        }
    }

    /// <summary>Gives the lock back; a folder that was made and not written to goes again.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        if (_created && !File.Exists(DescriptionPath) && !File.Exists(PredictionsPath))
        {
            try
            {
                Directory.Delete(Folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Someone else's file is in it, so it is theirs too.
            }
        }
    }

    static FileStream Lock(string folder)
    {
        var file = Path.Combine(folder, LockFile);
        while (true)
        {
            FileStream stream;
            try
            {
                stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException e) when (File.Exists(file) && e is not PathTooLongException)
            {
                throw new InputException(
                    "another process is writing to this run",
                    "Wait until it has ended, or give this run a name of its own.", folder, inner: e);
            }

            // Between opening and locking, the last owner may have deleted the file: then this lock is on nothing.
            if (File.Exists(file))
            {
                return stream;
            }

            stream.Dispose();
        }
    }
}
