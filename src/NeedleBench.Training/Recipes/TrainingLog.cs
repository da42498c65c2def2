using System.Text;
using System.Text.Json;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.Recipes;

/// <summary>
/// <c>log.jsonl</c> of a run: a line for each step and one for each evaluation, in their order. Each step stands there once,
/// however often the run was killed and resumed.
/// </summary>
public sealed class TrainingLog : IDisposable
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    readonly StreamWriter _writer;
    readonly List<StepReport> _steps;
    readonly List<EvaluationReport> _evaluations;

    TrainingLog(string file, List<StepReport> steps, List<EvaluationReport> evaluations)
    {
        (_steps, _evaluations) = (steps, evaluations);

        // A line is handed over whole as soon as it is known: what a kill tears is at most the last one.
        _writer = new StreamWriter(file, append: true) { AutoFlush = true };
    }

    public IReadOnlyList<StepReport> Steps => _steps;

    public IReadOnlyList<EvaluationReport> Evaluations => _evaluations;

    /// <summary>Opens a log to go on from a saved step: what a run did after saving it is cut off, and so is a torn last line.</summary>
    /// <param name="file">Made where there is none.</param>
    /// <param name="stepsDone">Steps that are kept; 0 begins anew.</param>
    /// <exception cref="InputException">A line that is kept cannot be read.</exception>
    public static TrainingLog Open(string file, int stepsDone)
    {
        var kept = new StringBuilder();
        var (steps, evaluations) = (new List<StepReport>(), new List<EvaluationReport>());
        foreach (var (line, step, evaluation) in stepsDone == 0 || !File.Exists(file) ? [] : Lines(file))
        {
            if (step?.Step < stepsDone)
            {
                steps.Add(step);
                kept.Append(line).Append('\n');
            }
            else if (evaluation?.EvaluatedAfter <= stepsDone)
            {
                evaluations.Add(evaluation);
                kept.Append(line).Append('\n');
            }
        }

        AtomicFile.Write(file, kept.ToString());
        return new TrainingLog(file, steps, evaluations);
    }

    /// <summary>Reads a log, of a run that goes on or is done.</summary>
    /// <exception cref="InputException">The file cannot be read, or a line but the last.</exception>
    public static (IReadOnlyList<StepReport> Steps, IReadOnlyList<EvaluationReport> Evaluations) Read(string file)
    {
        var lines = Lines(file).ToList();
        return ([.. lines.Select(l => l.Step).OfType<StepReport>()], [.. lines.Select(l => l.Evaluation).OfType<EvaluationReport>()]);
    }

    public void Add(StepReport report)
    {
        _steps.Add(report);
        _writer.Write(JsonSerializer.Serialize(report, Json) + '\n');
    }

    public void Add(EvaluationReport report)
    {
        _evaluations.Add(report);
        _writer.Write(JsonSerializer.Serialize(report, Json) + '\n');
    }

    public void Dispose() => _writer.Dispose();

    static IEnumerable<(string Line, StepReport? Step, EvaluationReport? Evaluation)> Lines(string file)
    {
        string text;
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            text = new StreamReader(stream).ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the log cannot be read ({e.Message.TrimEnd('.')})", "Name the log.jsonl of a training run.", file, inner: e);
        }

        // Only a line that has its end was written whole.
        var lines = text.Split('\n')[..^1];
        for (var i = 0; i < lines.Length; i++)
        {
            yield return Parse(lines[i], file, i + 1);
        }
    }

    static (string Line, StepReport? Step, EvaluationReport? Evaluation) Parse(string line, string file, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.TryGetProperty("step", out _)
                ? (line, document.Deserialize<StepReport>(Json), null)
                : (line, null, document.Deserialize<EvaluationReport>(Json));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputException(
                "the line is no step and no evaluation of a training run", "Take it out, or train into another folder.", file, number, e);
        }
    }
}
