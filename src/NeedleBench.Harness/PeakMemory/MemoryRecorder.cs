using NeedleBench.Harness.Running;

namespace NeedleBench.Harness.PeakMemory;

/// <summary>
/// Measures the models of a run and puts the figures on record, each model once: a resumed run does not measure again what
/// stands there. Left out are baselines, and models that run elsewhere.
/// </summary>
/// <param name="models">Knows which models run elsewhere.</param>
/// <param name="meter">Measures one.</param>
public sealed class MemoryRecorder(ModelCatalog models, IMemoryMeter meter)
{
    /// <summary>How many cases a model is asked, the first of the run's plan: enough to open whatever it opens at first use.</summary>
    public const int Cases = 5;

    /// <summary>Measures what is not on record yet.</summary>
    /// <param name="request">The run, as it was asked for.</param>
    /// <param name="cancellationToken">Stops after what is on record.</param>
    /// <exception cref="InputException">There is no such run, another process is writing to it, or its folder cannot be written to.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public async Task RecordAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        var plan = new RunPlan(request.Models, request.Suites, request.Options);
        using var folder = RunFolder.Open(request.Results, request.Name);
        var run = folder.ReadDescription()
            ?? throw new InputException("there is no run to measure the models of", "Run first.", folder.Folder);
        var recorded = MemoryFile.Read(folder.Folder, run).Select(m => m.Model).ToHashSet(StringComparer.Ordinal);
        foreach (var model in run.Models.Where(m => !m.IsBaseline && !recorded.Contains(m.Spec) && !models.RunsElsewhere(m.Spec)))
        {
            ToolCallRequest[] requests = [.. plan.ItemsOf(model.Spec).Take(Cases).Select(item => plan.Request(item.Case))];
            cancellationToken.ThrowIfCancellationRequested();
            if (await meter.MeasureAsync(model, requests, cancellationToken) is { } measurement)
            {
                MemoryFile.Append(folder.Folder, run, measurement);
            }
        }
    }
}
