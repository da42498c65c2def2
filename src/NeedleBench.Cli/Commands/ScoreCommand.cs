using System.CommandLine;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench score</c>: scores a recorded run again, without its models.</summary>
static class ScoreCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("run") { Description = "The run's folder, e.g. results/my-run." };
        var suites = SharedOptions.Suites();
        var command = new Command("score", "Score a recorded run again, and write its leaderboard anew. Needs no model.") { folder, suites };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(folder);
            RunReports.Print(terminal, path, RunReports.Score(path, parsed.GetValue(suites)!));
            return ExitCodes.Fine;
        });
        return command;
    }
}
