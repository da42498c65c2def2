using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Importing;

/// <summary>What one record of somebody else's file says.</summary>
/// <param name="Line">1-based line of the record.</param>
/// <param name="Query">The user's words.</param>
/// <param name="Tools">The tools on offer.</param>
/// <param name="Expected">The calls to make; empty where no call is right.</param>
/// <param name="Tags">Labels beside <c>imported</c>.</param>
sealed record ImportedCase(
    int Line, string Query, IReadOnlyList<ToolDefinition> Tools, IReadOnlyList<ExpectedCall> Expected, IReadOnlyList<string> Tags);
