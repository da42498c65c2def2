using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeedleBench.Remote.Downloads;

/// <summary>
/// <c>needlebench-lock.json</c>, beside a pulled model: what was received. Where the catalogue knows no hash, a later pull of the same
/// revision must match it.
/// </summary>
/// <param name="Repository">As the catalogue had it.</param>
/// <param name="Revision">As the catalogue had it. Pins of another revision bind nobody.</param>
/// <param name="Files">In the order received.</param>
/// <param name="Absent">Optional files that the server did not have.</param>
public sealed record ModelLock(string Repository, string Revision, IReadOnlyList<PinnedFile> Files, IReadOnlyList<string> Absent)
{
    public const string FileName = "needlebench-lock.json";

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads the lock file of a folder; null where there is none.</summary>
    /// <exception cref="InputException">It is damaged.</exception>
    public static ModelLock? Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(file))
            {
                return null;
            }

            var read = JsonSerializer.Deserialize<ModelLock>(File.ReadAllText(file), Options);
            return read is null || read.Files.Contains(null!) || read.Absent.Contains(null!) ? throw new JsonException("it holds null") : read;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the lock file cannot be used ({ServerFaults.OneLine(e.Message.Split(" Path:")[0]).TrimEnd('.')})",
                "Delete its folder to pull the model anew, and pin what comes.", file, (int?)(e as JsonException)?.LineNumber + 1, e);
        }
    }

    /// <summary>What was received under a path; null where nothing was.</summary>
    public PinnedFile? Find(string path) => Files.FirstOrDefault(f => f.Path == path);

    internal void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Options) + "\n");

    internal bool IsOf(DownloadableModel model) => Repository == model.Repository && Revision == model.Revision;

    internal ModelLock With(PinnedFile file) => this with
    {
        Files = [.. Files.Where(f => f.Path != file.Path), file],
        Absent = [.. Absent.Where(p => p != file.Path)],
    };

    internal ModelLock WithAbsent(string path) => this with
    {
        Files = [.. Files.Where(f => f.Path != path)],
        Absent = [.. Absent.Where(p => p != path), path],
    };
}
