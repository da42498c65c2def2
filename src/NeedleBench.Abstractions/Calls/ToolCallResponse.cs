namespace NeedleBench;

/// <summary>What a model answered: its text untouched, the calls read from it or the reason why not, and what it cost.</summary>
public sealed record ToolCallResponse
{
    /// <summary>The generated text, before any parsing.</summary>
    public required string RawText { get; init; }

    /// <summary>The calls; empty for a refusal and for a failure, which <see cref="Failure"/> tells apart.</summary>
    public IReadOnlyList<ToolCall> Calls { get; init; } = [];

    /// <summary>Null where <see cref="RawText"/> could be read.</summary>
    public ParseFailure? Failure { get; init; }

    /// <summary>Tokens and seconds.</summary>
    public required GenerationTiming Timing { get; init; }

    /// <summary>The model's own confidence in its answer in [0, 1], where it has one.</summary>
    public double? Confidence { get; init; }

    /// <summary>The ids generated, end token included, where the model shows them.</summary>
    public IReadOnlyList<int>? OutputIds { get; init; }

    /// <summary>
    /// Hexadecimal hash over what lies between request and calls, the weights apart: prompt template, parser, tokenizer and
    /// generation settings. Null where the model is not asked by a prompt of ours.
    /// </summary>
    public string? DialectFingerprint { get; init; }
}
