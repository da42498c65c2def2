using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Hygiene;

/// <summary>Findings at the places of a suite.</summary>
static class Finding
{
    public static string CasesFile(Suite suite) => Path.Combine(suite.Folder, SuiteReader.CasesFile);

    public static SuiteFinding InCase(Suite suite, SuiteCase item, string message, FindingSeverity severity = FindingSeverity.Error) =>
        new(CasesFile(suite), item.Line, message, severity);

    /// <summary>Of the cases taken together.</summary>
    public static SuiteFinding InCases(Suite suite, string message) => new(CasesFile(suite), null, message, FindingSeverity.Error);

    public static SuiteFinding InTools(Suite suite, string message) =>
        new(Path.Combine(suite.Folder, SuiteReader.ToolsFile), null, message, FindingSeverity.Error);

    public static SuiteFinding InHead(Suite suite, string message) =>
        new(Path.Combine(suite.Folder, SuiteReader.SuiteFile), null, message, FindingSeverity.Error);
}
