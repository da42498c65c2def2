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
        var published = new Option<string?>("--published")
        {
            Description = "A file of figures that others published, e.g. baselines/published/bfcl.json: the README's section that it names, not the "
                + "leaderboard, becomes the table of both.",
            HelpName = "file",
        };
        var command = new Command("report", "Write leaderboard.md from a run's scores.") { folder, readme, published };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(folder);
            var scored = RunReports.Render(path);
            if (parsed.GetValue(published) is { } figures)
            {
                var others = PublishedScores.Parse(InputFile.Read(figures, "Name a file of published figures."), figures);
                var table = PublishedMarkdown.Render(scored.Description, scored.Summary, others);
                Update(parsed.GetValue(readme), others.Section, table);
                terminal.Out.WriteLine(table);
                return ExitCodes.Fine;
            }

            Update(parsed.GetValue(readme), "leaderboard", LeaderboardMarkdown.RenderExcerpt(scored.Description, scored.Summary));
            RunReports.Print(terminal, path, scored);
            return ExitCodes.Fine;
        });
        return command;
    }

    static void Update(string? readme, string section, string content)
    {
        if (readme is not null)
        {
            AtomicFile.Write(readme, ReadmeSection.Replace(InputFile.Read(readme, "Name the README to write into."), section, content));
        }
    }
}
