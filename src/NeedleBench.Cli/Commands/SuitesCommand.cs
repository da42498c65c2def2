using System.CommandLine;
using NeedleBench.Harness.Suites;
using Spectre.Console;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench suites</c>: what suites there are, and whether they are sound.</summary>
static class SuitesCommand
{
    public static Command Create(Terminal terminal) => new("suites", "List and check the suites.") { List(terminal), Validate(terminal) };

    static Command List(Terminal terminal)
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

    static Command Validate(Terminal terminal)
    {
        var root = SharedOptions.Suites();
        var names = new Argument<string[]>("suite") { Description = "Suites to check; all where none is given.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("validate", "Check suites: files, schemas, expected answers, ids, duplicates.") { names, root };
        command.SetAction(parsed =>
        {
            var suites = SuiteCatalog.Load(parsed.GetValue(root)!, parsed.GetValue(names) ?? []);
            var findings = SuiteValidator.Validate(suites);
            foreach (var finding in findings)
            {
                terminal.Out.WriteLine(finding);
            }

            var errors = findings.Count(f => f.Severity == FindingSeverity.Error);
            terminal.Out.WriteLine(
                $"{suites.Count} suites, {suites.Sum(s => s.Cases.Count)} cases: {errors} errors, {findings.Count - errors} warnings.");
            return errors > 0 ? ExitCodes.Failures : ExitCodes.Fine;
        });
        return command;
    }
}
