using System.Globalization;
using System.Text.Json;
using NeedleBench.San.Checkpoints;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.FineTuning;

/// <summary>
/// A run on disk. The folder is a checkpoint, the best so far; beside it lie the split, <c>settings.json</c>, <c>log.jsonl</c>
/// with a line for each step, <c>result.json</c> once all is done, and <c>state/</c>. There <c>progress.json</c> names the step
/// whose trainer state is valid, so that a run killed while it writes the next one goes on from the last.
/// </summary>
sealed class FineTuneFolder(string folder)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web);

    readonly string _settings = Path.Combine(folder, "settings.json");
    readonly string _progress = Path.Combine(folder, "state", "progress.json");
    readonly string _result = Path.Combine(folder, "result.json");
    readonly string _log = Path.Combine(folder, "log.jsonl");

    /// <summary>Makes the folder, or checks that it may be gone on with.</summary>
    /// <returns>Whether a run stands there.</returns>
    /// <exception cref="InputException">Something stands there that is not to be resumed, or no run, or one with other settings.</exception>
    public bool Open(FineTuneSettings settings, bool resume)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(_settings, JsonSerializer.Serialize(settings, Json));
            return false;
        }

        if (!resume)
        {
            throw new InputException("the folder is there already", "Go on with the run in it with --resume, or name another folder.", folder);
        }

        if (!File.Exists(_settings))
        {
            throw new InputException("no fine-tuning run stands here", "Name its folder, or a new one.", folder);
        }

        settings.RequireSame(Read<FineTuneSettings>(_settings), _settings);
        return File.Exists(_progress);
    }

    public FineTuneResult? Result => File.Exists(_result) ? Read<FineTuneResult>(_result) with { WasFinished = true } : null;

    public void Write(FineTuneResult result) => AtomicFile.Write(_result, JsonSerializer.Serialize(result, Json));

    /// <summary>Takes up trainer, progress and log where they were last saved.</summary>
    public FineTuneProgress Resume(SanTrainer trainer)
    {
        var progress = Read<FineTuneProgress>(_progress);
        trainer.Resume(StateOf(progress.Steps));
        if (trainer.StepsDone != progress.Steps)
        {
            throw new InputException($"the trainer's state is of step {trainer.StepsDone}, not {progress.Steps}", "Begin anew in another folder.", _progress);
        }

        // A killed run may have logged steps that it will now do again.
        var lines = File.Exists(_log) ? File.ReadLines(_log).Take(progress.Steps).ToList() : [];
        AtomicFile.Write(_log, string.Concat(lines.Select(l => l + "\n")));
        return progress;
    }

    /// <summary>Keeps trainer and progress; the state before goes when they are safe.</summary>
    public void Save(SanTrainer trainer, FineTuneProgress progress)
    {
        trainer.Save(StateOf(progress.Steps));
        AtomicFile.Write(_progress, JsonSerializer.Serialize(progress, Json));
        foreach (var old in Directory.EnumerateDirectories(Path.Combine(folder, "state")).Where(d => d != StateOf(progress.Steps)).ToList())
        {
            Directory.Delete(old, recursive: true);
        }
    }

    /// <summary>The best checkpoint so far.</summary>
    public void SaveBest(SanWeights weights) => SanCheckpoint.Save(weights, folder, SafetensorsDtype.BF16);

    public SanWeights LoadBest() => SanCheckpoint.Load(folder);

    public void WriteTokenizer(ReadOnlyMemory<byte> file) =>
        AtomicFile.Write(Path.Combine(folder, SanCheckpoint.TokenizerFiles[0]), stream => stream.Write(file.Span));

    /// <summary>Appends to the log.</summary>
    public StreamWriter OpenLog(bool append) => new(_log, append);

    public static string LogLine(StepReport report) => JsonSerializer.Serialize(report, Line);

    string StateOf(int steps) => Path.Combine(folder, "state", steps.ToString(CultureInfo.InvariantCulture));

    static T Read<T>(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), Json)
                ?? throw new InputException("the file says null", "Begin anew in another folder.", file);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the run cannot be read ({e.Message.TrimEnd('.')})", "Begin anew in another folder.", file, inner: e);
        }
    }
}
