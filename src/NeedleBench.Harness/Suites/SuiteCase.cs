using NeedleBench.Harness.Bfcl;

namespace NeedleBench.Harness.Suites;

/// <summary>One request with its tools and every answer that is right.</summary>
/// <param name="Id">Stable and unique over all suites, e.g. <c>timers-alarms/001</c>.</param>
/// <param name="Query">The user's words.</param>
/// <param name="Tools">The definitions on offer, resolved.</param>
/// <param name="Expected">The calls to make, in no particular order; empty where no call is right.</param>
/// <param name="Style">One of <see cref="CaseStyles.All"/>.</param>
/// <param name="Tags">Free labels to split results by.</param>
/// <param name="Line">1-based line in <c>cases.jsonl</c>, for messages.</param>
public sealed record SuiteCase(
    string Id,
    string Query,
    IReadOnlyList<ToolDefinition> Tools,
    IReadOnlyList<ExpectedCall> Expected,
    string Style,
    IReadOnlyList<string> Tags,
    int Line)
{
    /// <summary>What the case was in the Berkeley leaderboard's files; null where it did not come from there.</summary>
    public BfclOriginal? Bfcl { get; init; }

    /// <summary>Whether refusing is the right answer.</summary>
    public bool IsRefusal => Expected.Count == 0;

    /// <summary>The request as a model gets it.</summary>
    public ToolCallRequest ToRequest() => new(Query, Tools);
}
