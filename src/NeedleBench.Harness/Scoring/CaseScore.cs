using System.Text.Json.Serialization;
using NeedleBench.Harness.Bfcl;
using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Running;

namespace NeedleBench.Harness.Scoring;

/// <summary>One scored prediction: a line of <c>scores.jsonl</c>.</summary>
public sealed record CaseScore
{
    /// <summary>The model's spec.</summary>
    public required string Model { get; init; }

    public required string Suite { get; init; }

    public required string Case { get; init; }

    /// <summary>0-based.</summary>
    public required int Repeat { get; init; }

    /// <summary>One of <see cref="Suites.CaseStyles.All"/>.</summary>
    public required string Style { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether the answer is right as a whole.</summary>
    public required bool Exact { get; init; }

    public required ErrorClass ErrorClass { get; init; }

    /// <summary>
    /// Whether every call was of a tool on offer with arguments that satisfy its schema; null where nothing was called.
    /// </summary>
    public bool? SchemaValid { get; init; }

    /// <summary>The Berkeley checker's verdict, without its message; null in files from before it was asked.</summary>
    public BfclVerdict? Bfcl { get; init; }

    /// <summary>Each predicted call with its argument verdicts.</summary>
    public IReadOnlyList<CallMatch> Calls { get; init; } = [];

    /// <summary>
    /// By the name of a metric of <see cref="MetricTable"/>; one that does not apply to the case does not stand here.
    /// </summary>
    public required IReadOnlyDictionary<string, Tally> Tallies { get; init; }

    /// <summary>The prediction that was scored.</summary>
    [JsonIgnore]
    public RunItemKey Key => new(Model, Suite, Case, Repeat);
}
