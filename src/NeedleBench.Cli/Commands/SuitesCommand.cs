using System.CommandLine;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench suites</c>: what suites there are, whether they are sound, and the way in and out.</summary>
static class SuitesCommand
{
    public static Command Create(Terminal terminal) => new("suites", "List, check, import and export suites.")
    {
        SuitesListCommand.Create(terminal),
        SuitesStatsCommand.Create(terminal),
        SuitesValidateCommand.Create(terminal),
        SuitesImportCommand.Create(terminal),
        SuitesExportCommand.Create(terminal),
    };
}
