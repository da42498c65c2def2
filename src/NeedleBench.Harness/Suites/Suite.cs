namespace NeedleBench.Harness.Suites;

/// <summary>A category's cases and the tools they offer, read from one folder.</summary>
/// <param name="Name">The folder's name, e.g. <c>timers_alarms</c>.</param>
/// <param name="Title">For a heading.</param>
/// <param name="Licence">SPDX id of the cases' licence.</param>
/// <param name="Version">Of the cases; raised when a case changes.</param>
/// <param name="Language">BCP 47 tag of the language most queries are in.</param>
/// <param name="Folder">Where it was read.</param>
/// <param name="Tools">The definitions in <c>tools.json</c>, in order.</param>
/// <param name="Cases">In file order.</param>
public sealed record Suite(
    string Name,
    string Title,
    string Licence,
    string Version,
    string Language,
    string Folder,
    IReadOnlyList<ToolDefinition> Tools,
    IReadOnlyList<SuiteCase> Cases)
{
    /// <summary>Where an imported suite came from; null for our own.</summary>
    public string? Source { get; init; }

    /// <summary>The quotas that the suite holds itself to, e.g. <c>needlebench-60</c>; null for none.</summary>
    public string? Profile { get; init; }
}
