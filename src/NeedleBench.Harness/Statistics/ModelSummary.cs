namespace NeedleBench.Harness.Statistics;

/// <summary>One model's results.</summary>
public sealed record ModelSummary
{
    /// <summary>Its spec.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// Every <see cref="ToolCallResponse.DialectFingerprint"/> among its answers, in ordinal order; more than one means that its
    /// answers were not all made in the same way. Null where no answer has one.
    /// </summary>
    public IReadOnlyList<string>? DialectFingerprints { get; init; }

    /// <summary>
    /// Its peak resident memory above an empty process, bytes, in a process of its own that answered the run's first cases; null
    /// where it was not measured.
    /// </summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>All cases pooled (micro): a suite weighs as much as it has cases.</summary>
    public required GroupSummary Overall { get; init; }

    /// <summary>By metric name, the unweighted mean over the suites that it applies to (macro).</summary>
    public required IReadOnlyDictionary<string, double> SuiteMeans { get; init; }

    /// <summary>By suite name.</summary>
    public required IReadOnlyDictionary<string, GroupSummary> Suites { get; init; }

    /// <summary>By style, in the order of <see cref="Harness.Suites.CaseStyles.All"/>.</summary>
    public required IReadOnlyDictionary<string, GroupSummary> Styles { get; init; }

    /// <summary>By tag, of the tags that begin with <see cref="Summarizer.SplitTagPrefix"/>.</summary>
    public required IReadOnlyDictionary<string, GroupSummary> Tags { get; init; }
}
