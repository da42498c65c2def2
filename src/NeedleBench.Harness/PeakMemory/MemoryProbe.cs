namespace NeedleBench.Harness.PeakMemory;

/// <summary>Measures a model in this process. Worth something only in a process that has done nothing else.</summary>
public static class MemoryProbe
{
    /// <summary>Opens the model, asks it, and tells by how much the process's peak grew.</summary>
    /// <param name="models">Opens the model.</param>
    /// <param name="spec">The model.</param>
    /// <param name="requests">What to ask it, in order; at least one.</param>
    /// <param name="cancellationToken">Stops the measurement.</param>
    /// <exception cref="InputException">The model does not open, there is nothing to ask, or the system does not tell the peak.</exception>
    public static async Task<MemoryMeasurement> MeasureAsync(
        ModelCatalog models, string spec, IReadOnlyList<ToolCallRequest> requests, CancellationToken cancellationToken = default)
    {
        if (requests.Count == 0)
        {
            throw new InputException("there is nothing to ask", "Give at least one request.");
        }

        var empty = ProcessMemory.PeakResidentBytes();
        using var model = await models.OpenAsync(spec, cancellationToken);
        foreach (var request in requests)
        {
            _ = await model.CallAsync(request, cancellationToken);
        }

        return new MemoryMeasurement
        {
            Model = spec,
            Fingerprint = model.Info.Fingerprint,
            PeakResidentBytes = ProcessMemory.PeakResidentBytes(),
            EmptyResidentBytes = empty,
            Requests = requests.Count,
        };
    }
}
