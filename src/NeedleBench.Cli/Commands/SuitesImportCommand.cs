using System.CommandLine;
using NeedleBench.Harness.Bfcl;
using NeedleBench.Harness.Importing;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench suites import</c>: other people's cases as suites, their source and licence recorded.</summary>
static class SuitesImportCommand
{
    public static Command Create(Terminal terminal) => new("import", "Turn other people's cases into suites.")
    {
        Bfcl(terminal),
        File(terminal, "needle", "Needle's JSONL: {query, tools, answers} a line.", NeedleImporter.Import),
        File(terminal, "openai", "JSONL of chat requests: messages, tools, and the expected tool_calls.", OpenAiImporter.Import),
    };

    static Command Bfcl(Terminal terminal)
    {
        var folder = new Argument<string>("folder") { Description = "Where the BFCL_v4_*.json files are, with the possible_answer folder beside them." };
        var output = Out();
        var command = new Command("bfcl", "The Berkeley leaderboard's question and possible-answer files, as Berkeley publishes them.") { folder, output };
        command.SetAction(parsed =>
        {
            foreach (var imported in BfclImporter.ImportFolder(parsed.GetRequiredValue(folder), parsed.GetValue(output)!))
            {
                Print(terminal, imported.Folder, imported.Cases);
            }

            return ExitCodes.Fine;
        });
        return command;
    }

    static Command File(Terminal terminal, string name, string description, Func<string, string, string, ImportOptions?, Suite> import)
    {
        var file = new Argument<string>("file") { Description = "The file to import." };
        var output = Out();
        var suite = new Option<string>("--name") { Description = "The suite's name, its folder under --out.", HelpName = "name", Required = true };
        var licence = new Option<string?>("--licence") { Description = "SPDX id of the cases' licence. Default: unknown.", HelpName = "id" };
        var source = new Option<string?>("--source") { Description = "Where the cases came from. Default: the file's name.", HelpName = "text" };
        var command = new Command(name, description) { file, output, suite, licence, source };
        command.SetAction(parsed =>
        {
            var named = parsed.GetRequiredValue(suite);
            var defaults = new ImportOptions();
            var options = new ImportOptions { Licence = parsed.GetValue(licence) ?? defaults.Licence, Source = parsed.GetValue(source) };
            var imported = import(parsed.GetRequiredValue(file), parsed.GetValue(output)!, named, options);
            Print(terminal, imported.Folder, imported.Cases.Count);
            return ExitCodes.Fine;
        });
        return command;
    }

    // Not the folder of our own suites: a run over all of these would ask imported ones, too.
    static Option<string> Out() => new("--out")
    {
        Description = "The folder that the suites land in; name it to 'run' with --suites.",
        HelpName = "folder",
        DefaultValueFactory = _ => "imported-suites",
    };

    static void Print(Terminal terminal, string folder, int cases) => terminal.Out.WriteLine($"{folder}: {cases} cases");
}
