using System.Reflection;

namespace NeedleBench.Harness.Running;

/// <summary>
/// Asks every model every case and records each answer once, whatever interrupts it: cancelled or killed, a run goes on
/// where it stopped, and no item is asked for the record twice.
/// </summary>
/// <param name="models">Opens the models.</param>
/// <param name="time">Dates the run.</param>
/// <param name="machine">Where it takes place; found out where null.</param>
public sealed class Runner(ModelCatalog models, TimeProvider time, MachineDescription? machine = null)
{
    readonly MachineDescription _machine = machine ?? MachineProbe.Describe();

    /// <summary>Runs, or goes on with, a run.</summary>
    /// <param name="request">What to ask whom.</param>
    /// <param name="observer">Is told how it goes.</param>
    /// <param name="cancellationToken">Stops the run after what is on record; the outcome says so.</param>
    /// <exception cref="InputException">
    /// The request cannot be run: a model does not open, the run exists and was not to be resumed, it was another run, another
    /// process is writing to it, or the folder cannot be written to.
    /// </exception>
    public async Task<RunOutcome> RunAsync(
        RunRequest request, IRunObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var plan = new RunPlan(request.Models, request.Suites, request.Options);
        using var folder = RunFolder.Open(request.Results, request.Name);
        var earlier = folder.ReadDescription();
        CheckFolder(folder, earlier, request.Resume);

        using var session = new ModelSession(models);
        IReadOnlyList<ModelInfo> infos;
        try
        {
            infos = await session.ProbeAsync(plan.Models, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return new RunOutcome(plan.Count, 0, 0, 0, Interrupted: true);
        }

        var description = Describe(request, plan, infos);
        if (earlier is null)
        {
            folder.WriteDescription(description);
        }
        else
        {
            RefuseOtherRun(earlier, description, folder);
            description = earlier;
        }

        using var log = PredictionLog.Open(folder.PredictionsPath);
        var done = Recorded(log, plan, folder.PredictionsPath);
        var progress = new RunProgress(log, observer, done.Count, plan.Count);
        observer?.Started(description, done.Count, plan.Count);
        var interrupted = false;
        foreach (var info in infos)
        {
            var pending = plan.ItemsOf(info.Spec).Where(item => !done.Contains(item.Key)).ToList();
            if (pending.Count > 0 && !await RunModelAsync(session, info, plan, pending, progress, cancellationToken))
            {
                interrupted = true;
                break;
            }
        }

        log.Flush();
        var outcome = new RunOutcome(plan.Count, done.Count, progress.Answered, progress.Errors, interrupted);
        if (outcome.IsComplete && description.FinishedAt is null)
        {
            folder.WriteDescription(description with { FinishedAt = time.GetUtcNow() });
        }

        return outcome;
    }

    static void CheckFolder(RunFolder folder, RunDescription? earlier, bool resume)
    {
        if (earlier is not null && !resume)
        {
            throw new InputException(
                $"the run '{earlier.Name}' exists already",
                "Go on with it with --resume, give this run another name, or delete the folder.", folder.Folder);
        }

        if (earlier is null && folder.HasPredictions)
        {
            throw new InputException(
                $"there are predictions without {RunFolder.DescriptionFile}, so nobody can tell what they answer",
                "Give this run another name, or delete the folder.", folder.Folder);
        }
    }

    static void RefuseOtherRun(RunDescription earlier, RunDescription now, RunFolder folder)
    {
        var differences = RunComparison.Differences(earlier, now);
        if (differences.Count > 0)
        {
            throw new InputException(
                $"this is not the run that was begun ({string.Join("; ", differences)})",
                "Ask for the same again, or give this run another name.", folder.DescriptionPath);
        }
    }

    static HashSet<RunItemKey> Recorded(PredictionLog log, RunPlan plan, string file)
    {
        if (log.Recorded.Count == 0)
        {
            return [];
        }

        var planned = plan.Items.Select(item => item.Key).ToHashSet();
        foreach (var (prediction, line) in log.Recorded)
        {
            if (!planned.Contains(prediction.Key))
            {
                throw new InputException(
                    $"the line answers no item of this run ({prediction.Key})", "Delete the line: it came from another run.", file, line);
            }
        }

        return [.. log.Recorded.Select(item => item.Prediction.Key)];
    }

    // False where the run was cancelled.
    static async Task<bool> RunModelAsync(
        ModelSession session, ModelInfo info, RunPlan plan, List<RunItem> pending, RunProgress progress, CancellationToken cancellationToken)
    {
        IToolCallingModel model;
        try
        {
            model = await session.OpenAsync(info, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        progress.ModelOpened(info);
        try
        {
            // A new process is cold whatever was recorded before it, so this holds on resume, too. An error here is not
            // looked at: the same case is asked again for the record.
            foreach (var item in plan.ItemsOf(info.Spec).Take(plan.Options.Warmups))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await ItemAsker.AskAsync(model, item, plan.Request(item.Case), cancellationToken);
            }

            foreach (var item in pending)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (prediction, line) = await ItemAsker.AskAsync(model, item, plan.Request(item.Case), cancellationToken);
                progress.Record(prediction, line);
            }

            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            session.Close();
        }
    }

    RunDescription Describe(RunRequest request, RunPlan plan, IReadOnlyList<ModelInfo> infos) => new()
    {
        Name = request.Name,
        StartedAt = time.GetUtcNow(),
        Version = typeof(Runner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        Models = infos,
        Suites = plan.SuiteReferences,
        Repeats = plan.Options.Repeats,
        Warmups = plan.Options.Warmups,
        CasesPerSuite = plan.Options.CasesPerSuite,
        MaxOutputTokens = plan.Options.MaxOutputTokens,
        Machine = _machine,
    };
}
