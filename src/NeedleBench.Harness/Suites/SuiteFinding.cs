namespace NeedleBench.Harness.Suites;

/// <summary>Something in a suite that can be read but should not stand so.</summary>
/// <param name="File">Where.</param>
/// <param name="Line">1-based; null for a tool, whose name stands in the message, and for what all cases together lack.</param>
/// <param name="Message">What, in one sentence without a full stop.</param>
/// <param name="Severity">How much it weighs.</param>
public sealed record SuiteFinding(string File, int? Line, string Message, FindingSeverity Severity)
{
    public override string ToString() =>
        $"{File}{(Line is { } line ? $":{line}" : "")}: {(Severity == FindingSeverity.Error ? "error" : "warning")}: {Message}";
}
