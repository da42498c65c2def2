namespace NeedleBench.Harness.Running;

/// <summary>
/// <c>run.json</c>: what was run on what, written before the first prediction. Together with the suites it says exactly
/// which items the run consists of, so that an interrupted run can be resumed and a finished one repeated.
/// </summary>
public sealed record RunDescription
{
    public required string Name { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC; null until every planned item has its prediction.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Version of NeedleBench.</summary>
    public required string Version { get; init; }

    /// <summary>In the order in which they run.</summary>
    public required IReadOnlyList<ModelInfo> Models { get; init; }

    public required IReadOnlyList<SuiteReference> Suites { get; init; }

    /// <summary>How often each case is asked, at least 1.</summary>
    public required int Repeats { get; init; }

    /// <summary>Unrecorded calls before each model's first case.</summary>
    public required int Warmups { get; init; }

    /// <summary>Only the first cases of each suite; null for all.</summary>
    public int? CasesPerSuite { get; init; }

    /// <summary>The most tokens a model may generate an answer; null where its own limit applies.</summary>
    public int? MaxOutputTokens { get; init; }

    public required MachineDescription Machine { get; init; }
}
