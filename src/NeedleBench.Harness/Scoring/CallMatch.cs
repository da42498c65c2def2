namespace NeedleBench.Harness.Scoring;

/// <summary>One predicted call, held against the expected ones.</summary>
/// <param name="Name">The tool it named.</param>
/// <param name="Expected">
/// 0-based index of the expected call it is assigned to: the one it matches, else the closest one of its name that no call
/// matched; null where there is none. No two calls share one.
/// </param>
/// <param name="Exact">Whether it matches that call in name and all arguments.</param>
/// <param name="ArgumentsRight">Whether it would match some expected call, taken or not.</param>
/// <param name="Offered">Whether the case offered a tool of that name.</param>
/// <param name="SchemaValid">Whether it was offered and its arguments satisfy the tool's JSON schema.</param>
/// <param name="Arguments">
/// Verdicts of the given arguments in the order given, then of the missing ones. Without an assigned call, a given argument
/// is unexpected or invented; empty for a tool not on offer, which declares nothing to judge by.
/// </param>
public sealed record CallMatch(
    string Name,
    int? Expected,
    bool Exact,
    bool ArgumentsRight,
    bool Offered,
    bool SchemaValid,
    IReadOnlyList<ArgumentResult> Arguments);
