using System.Text.Json.Serialization;

namespace NeedleBench.Harness.Running;

/// <summary>
/// What one model answered to one case in one repeat: a line of <c>predictions.jsonl</c>. Raw: everything that scores and
/// reports are made of, and nothing that was derived.
/// </summary>
public sealed record Prediction
{
    /// <summary>The model's spec, as the run plan names it.</summary>
    public required string Model { get; init; }

    public required string Suite { get; init; }

    public required string Case { get; init; }

    /// <summary>0-based.</summary>
    public required int Repeat { get; init; }

    /// <summary>The message of the exception that the model threw; null where it answered.</summary>
    public string? Error { get; init; }

    /// <summary>The generated text, untouched.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<ToolCall> Calls { get; init; } = [];

    public ParseFailure? Failure { get; init; }

    public GenerationTiming Timing { get; init; }

    public double? Confidence { get; init; }

    /// <inheritdoc cref="ToolCallResponse.DialectFingerprint"/>
    public string? DialectFingerprint { get; init; }

    /// <summary>Managed bytes that the call allocated, over all threads.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>The planned item this line answers.</summary>
    [JsonIgnore]
    public RunItemKey Key => new(Model, Suite, Case, Repeat);
}
