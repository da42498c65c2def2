namespace NeedleBench.Harness.PeakMemory;

/// <summary>Measures models one at a time, each in a process of its own.</summary>
public interface IMemoryMeter
{
    /// <summary>Measures a model.</summary>
    /// <param name="model">The model, as the run describes it.</param>
    /// <param name="requests">What to ask it.</param>
    /// <param name="cancellationToken">Stops the measurement, and ends the process.</param>
    /// <returns>Null where it cannot be measured; the meter has then told why.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    Task<MemoryMeasurement?> MeasureAsync(ModelInfo model, IReadOnlyList<ToolCallRequest> requests, CancellationToken cancellationToken);
}
