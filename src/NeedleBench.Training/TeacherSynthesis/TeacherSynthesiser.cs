using System.Text.Json;
using Microsoft.Extensions.AI;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>
/// Has a chat model write requests and calls for given tools, keeps what passes <see cref="CandidateCheck"/>, and appends it
/// to a file of Needle's JSONL, spread evenly over tools and styles. What a teacher does wrong costs a batch, never the run;
/// only when nothing more comes of it is it given up, and what was written stays.
/// </summary>
public sealed class TeacherSynthesiser
{
    const int MostShown = 12;

    readonly IReadOnlyList<ToolDefinition> _tools;
    readonly IChatClient _teacher;
    readonly TeacherOptions _options;
    readonly CandidateCheck _check;
    readonly KnownQueries _known;
    readonly ExampleCells _cells;
    readonly Dictionary<string, Queue<string>> _lastOfTool = new(StringComparer.Ordinal);

    /// <param name="tools">The tools to write examples for; their names differ.</param>
    /// <param name="teacher">Asked one batch at a time; stays the caller's. It is the teacher that tries again after faults.</param>
    /// <param name="arguments">Why arguments break their tool's JSON schema, a line each; empty where they do not.</param>
    /// <param name="options">How many, and how.</param>
    /// <exception cref="InputException">There is no tool, two have one name, or one cannot be written as Needle's JSONL.</exception>
    public TeacherSynthesiser(
        IReadOnlyList<ToolDefinition> tools, IChatClient teacher,
        Func<ToolDefinition, JsonElement, IReadOnlyList<string>> arguments, TeacherOptions options)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(arguments);
        if (tools.Count == 0)
        {
            throw new InputException("there are no tools", "Give at least one tool to write examples for.");
        }

        // The request checks the names; the line, that the parameters can be written.
        NeedleJsonl.Line(new SyntheticExample("", new ToolCallRequest("", tools).Tools, []));
        _tools = tools;
        _teacher = teacher;
        _options = options;
        _known = new KnownQueries(options.NearDuplicate);
        _check = new CandidateCheck(arguments, _known);
        _cells = new ExampleCells(tools, TeacherStyle.All, options.Count);
    }

    /// <summary>The figures, which grow while <see cref="RunAsync"/> runs, and stand when it was interrupted.</summary>
    public TeacherTally Tally { get; } = new();

    /// <summary>Asks until the file has its count of examples, or the teacher is given up. Called once.</summary>
    /// <param name="file">The file to write.</param>
    /// <param name="resume">Whether to go on with what stands in it.</param>
    /// <param name="onBatch">Told of each batch.</param>
    /// <param name="cancellationToken">Ends the run between two batches, or in a request.</param>
    /// <exception cref="InputException">The file exists and <paramref name="resume"/> is not set, or it cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The token fired; whole lines are in the file.</exception>
    public async Task RunAsync(string file, bool resume, Action<TeacherBatch>? onBatch = null, CancellationToken cancellationToken = default)
    {
        using var output = TeacherOutput.Open(file, resume);
        foreach (var example in output.Before)
        {
            _known.Add(example.Query);
            _cells.Count(example.Tool, example.Style);
        }

        Tally.Before = output.Before.Count;
        var useless = 0;
        while (Tally.Total < _options.Count && _cells.Next() is var (focus, style))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = await AskAsync(focus, style, output, cancellationToken);
            onBatch?.Invoke(batch);
            useless = batch.Accepted > 0 ? 0 : useless + 1;
            if (useless == _options.MaxUselessBatches)
            {
                Tally.GivenUp = FormattableString.Invariant($"{useless} batches in a row brought nothing; the last, {batch.Style} for '{batch.Tool}': {batch.Problem}");
                break;
            }
        }

        output.Flush();
    }

    async Task<TeacherBatch> AskAsync(ToolDefinition focus, TeacherStyle style, TeacherOutput output, CancellationToken cancellationToken)
    {
        var count = Math.Min(Math.Min(_options.BatchSize, _cells.Missing(focus, style)), _options.Count - Tally.Total);
        var offered = Offer(focus, Tally.Before + Tally.Batches);
        var batch = new Batch(focus, style, count);
        Tally.Batches++;
        Tally.Asked += count;
        var taken = new List<SyntheticExample>();
        foreach (var element in await AnswerAsync(batch, offered, cancellationToken))
        {
            var (example, reason, detail) = _check.Check(element, focus, offered, style);
            if (example is null)
            {
                Reject(batch, reason, detail);
            }
            else
            {
                taken.Add(example);
            }
        }

        output.Append(taken.Select(example => (example, focus, style)));
        foreach (var example in taken)
        {
            Remember(focus, example.Query);
            _cells.Count(focus.Name, style.Name);
        }

        Tally.Accepted += taken.Count;
        return new TeacherBatch(focus.Name, style.Name, count, taken.Count, batch.Problem);
    }

    // At most as many as asked for: a surplus would upset the balance.
    async Task<IReadOnlyList<JsonElement>> AnswerAsync(Batch batch, IReadOnlyList<ToolDefinition> offered, CancellationToken cancellationToken)
    {
        ChatResponse response;
        try
        {
            var prompt = TeacherPrompt.Write(batch.Focus, offered, batch.Style, batch.Count, _lastOfTool.GetValueOrDefault(batch.Focus.Name) ?? []);
            response = await _teacher.GetResponseAsync(prompt, new ChatOptions { Temperature = _options.Temperature }, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e)
        {
            // Any client may teach, and each throws what it likes.
            Reject(batch, RejectionReason.TeacherFailed, e is InputException ? e.Message : $"{e.GetType().Name}: {e.Message}", batch.Count);
            return [];
        }

        var (examples, problem) = TeacherReply.Read(response.Text, response.FinishReason == ChatFinishReason.Length);
        if (problem is { } reason)
        {
            Reject(batch, reason, Words(reason), batch.Count);
            return [];
        }

        if (examples.Count < batch.Count)
        {
            Reject(batch, RejectionReason.Missing, FormattableString.Invariant($"{examples.Count} of {batch.Count} examples came"), batch.Count - examples.Count);
        }

        return [.. examples.Take(batch.Count)];
    }

    // The tool in focus and others, shuffled: its place must not tell which one is right.
    ToolDefinition[] Offer(ToolDefinition focus, int index)
    {
        var random = new SeededRandom(_options.Seed, index);
        var others = _tools.Where(tool => tool != focus).ToArray();
        random.Shuffle<ToolDefinition>(others);
        ToolDefinition[] offered = [focus, .. others.Take(_options.ToolsOffered - 1)];
        random.Shuffle<ToolDefinition>(offered);
        return offered;
    }

    void Reject(Batch batch, RejectionReason reason, string detail, int examples = 1)
    {
        Tally.Reject(reason, examples);
        batch.Problem ??= string.Join(' ', detail.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    void Remember(ToolDefinition tool, string query)
    {
        if (!_lastOfTool.TryGetValue(tool.Name, out var last))
        {
            _lastOfTool.Add(tool.Name, last = []);
        }

        last.Enqueue(query);
        if (last.Count > MostShown)
        {
            last.Dequeue();
        }
    }

    static string Words(RejectionReason reason) => reason switch
    {
        RejectionReason.Truncated => "the answer ends in the middle",
        RejectionReason.NoJson => "the answer is prose without JSON",
        _ => "the answer is no JSON list of examples",
    };

    sealed class Batch(ToolDefinition focus, TeacherStyle style, int count)
    {
        public ToolDefinition Focus => focus;

        public TeacherStyle Style => style;

        public int Count => count;

        public string? Problem { get; set; }
    }
}
