using System.CommandLine;
using NeedleBench.Reports;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench report</c>: renders a scored run, and writes its excerpt into a README.</summary>
static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("run") { Description = "The folder of a scored run, e.g. results/my-run." };
        var readme = new Option<string?>("--readme")
        {
            Description = "A file whose text between '<!-- needlebench:leaderboard begin -->' and '… end -->' becomes the leaderboard's excerpt.",
            HelpName = "file",
        };
        var command = new Command("report", "Write leaderboard.md from a run's scores.") { folder, readme };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(folder);
            var scored = RunReports.Render(path);
            if (parsed.GetValue(readme) is { } file)
            {
                Update(file, LeaderboardMarkdown.RenderExcerpt(scored.Description, scored.Summary));
            }

            RunReports.Print(terminal, path, scored);
            return ExitCodes.Fine;
        });
        return command;
    }

    static void Update(string file, string excerpt) =>
        AtomicFile.Write(file, ReadmeSection.Replace(InputFile.Read(file, "Name the README to write into."), "leaderboard", excerpt));
}
