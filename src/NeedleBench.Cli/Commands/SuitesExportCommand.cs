using System.CommandLine;
using NeedleBench.Harness.Bfcl;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench suites export</c>: suites in other people's form.</summary>
static class SuitesExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var names = new Argument<string[]>("suite") { Description = "Suites to export; all where none is given.", Arity = ArgumentArity.ZeroOrMore };
        var root = SharedOptions.Suites();
        var output = new Option<string>("--out") { Description = "The folder to write to.", HelpName = "folder", Required = true };
        var bfcl = new Command("bfcl", "As the Berkeley leaderboard's question and possible-answer files.") { names, root, output };
        bfcl.SetAction(parsed =>
        {
            foreach (var suite in SuiteCatalog.Load(parsed.GetValue(root)!, parsed.GetValue(names) ?? []))
            {
                foreach (var file in BfclExporter.Export(suite, parsed.GetRequiredValue(output)))
                {
                    terminal.Out.WriteLine(file);
                }
            }

            return ExitCodes.Fine;
        });
        return new Command("export", "Write suites in other people's form.") { bfcl };
    }
}
