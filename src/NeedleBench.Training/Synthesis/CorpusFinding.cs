namespace NeedleBench.Training.Synthesis;

/// <summary>Something wrong with a corpus.</summary>
/// <param name="Severity">Whether examples would be wrong.</param>
/// <param name="File">The corpus file.</param>
/// <param name="Line">The line on which the tool begins; null where it concerns the whole file.</param>
/// <param name="Tool">The tool, where it is about one.</param>
/// <param name="Problem">What is wrong, without a closing full stop.</param>
public sealed record CorpusFinding(CorpusFindingSeverity Severity, string File, int? Line, string? Tool, string Problem)
{
    /// <summary>The finding in one line, as it is shown.</summary>
    public override string ToString() =>
        $"{File}{(Line is { } line ? $":{line}" : "")}: {(Tool is null ? "" : $"{Tool}: ")}{Problem}";
}
