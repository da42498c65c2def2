using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Running;

/// <summary>A run that someone wants.</summary>
public sealed record RunRequest
{
    /// <summary>The folder that holds the runs' folders, e.g. <c>results</c>.</summary>
    public required string Results { get; init; }

    /// <summary>The run's name, which becomes its folder's.</summary>
    public required string Name { get; init; }

    /// <summary>Model specs, each once, in the order in which they run.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    public required IReadOnlyList<Suite> Suites { get; init; }

    public RunOptions Options { get; init; } = new();

    /// <summary>Whether to go on with a run of this name, if there is one. What differs from it is refused.</summary>
    public bool Resume { get; init; }
}
