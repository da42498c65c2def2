namespace NeedleBench.San.Model;

/// <summary>How a SAN is held and run. None of it changes what it answers at one precision.</summary>
public readonly record struct SanModelOptions()
{
    /// <summary>How the weights are held: <c>fp32</c>.</summary>
    public string Precision { get; init; } = "fp32";

    /// <summary>Threads that work on one request, the caller included.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);
}
