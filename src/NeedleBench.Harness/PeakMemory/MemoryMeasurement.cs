namespace NeedleBench.Harness.PeakMemory;

/// <summary>What one model took in a process that held nothing else: a line of <c>memory.jsonl</c>.</summary>
public sealed record MemoryMeasurement
{
    /// <summary>The model's spec, as the run plan names it.</summary>
    public required string Model { get; init; }

    /// <summary><see cref="ModelInfo.Fingerprint"/> of the model that was measured.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The process's peak resident set after the last request, bytes.</summary>
    public required long PeakResidentBytes { get; init; }

    /// <summary>The same process's peak resident set before the model was opened, bytes: the runtime and this program.</summary>
    public required long EmptyResidentBytes { get; init; }

    /// <summary>How many requests the model answered in between.</summary>
    public required int Requests { get; init; }

    /// <summary>Peak resident memory above an empty process, bytes.</summary>
    internal long AboveEmptyBytes => PeakResidentBytes - EmptyResidentBytes;
}
