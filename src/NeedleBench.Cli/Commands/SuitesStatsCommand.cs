using System.CommandLine;
using NeedleBench.Harness.Suites;
using NeedleBench.Reports;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench suites stats</c>: the spread of styles, tools and lengths.</summary>
static class SuitesStatsCommand
{
    public static Command Create(Terminal terminal)
    {
        var root = SharedOptions.Suites();
        var command = new Command("stats", "Print the table of styles, tools and lengths.") { root };
        command.SetAction(parsed =>
        {
            terminal.Out.WriteLine(SuiteStatisticsMarkdown.Render(SuiteCatalog.Load(parsed.GetValue(root)!, [])));
            return ExitCodes.Fine;
        });
        return command;
    }
}
