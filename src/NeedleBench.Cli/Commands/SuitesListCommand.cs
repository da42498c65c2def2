using System.CommandLine;
using NeedleBench.Harness.Suites;
using Spectre.Console;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench suites list</c>: a line for each suite.</summary>
static class SuitesListCommand
{
    public static Command Create(Terminal terminal)
    {
        var root = SharedOptions.Suites();
        var command = new Command("list", "List the suites.") { root };
        command.SetAction(parsed =>
        {
            var table = new Table().Border(TableBorder.Simple)
                .AddColumns("Suite", "Title", "Version", "Cases", "Refusals", "Tools", "Licence");
            foreach (var suite in SuiteCatalog.Load(parsed.GetValue(root)!, []))
            {
                table.AddRow(
                    [.. new[]
                    {
                        suite.Name, suite.Title, suite.Version, $"{suite.Cases.Count}", $"{suite.Cases.Count(c => c.IsRefusal)}",
                        $"{suite.Tools.Count}", suite.Licence,
                    }.Select(Markup.Escape)]);
            }

            terminal.Tables.Write(table);
            return ExitCodes.Fine;
        });
        return command;
    }
}
