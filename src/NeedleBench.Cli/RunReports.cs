using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Statistics;
using NeedleBench.Reports;

namespace NeedleBench.Cli;

/// <summary>What follows predictions: scores, then reports. No model is needed for either.</summary>
static class RunReports
{
    public const string LeaderboardFile = "leaderboard.md";

    /// <summary>Scores the run in <paramref name="folder"/> and writes its leaderboard.</summary>
    public static ScoredRun Score(string folder, string suitesRoot)
    {
        var scored = RunScoring.Score(folder, suitesRoot);
        WriteLeaderboard(folder, scored);
        return scored;
    }

    /// <summary>Renders the leaderboard anew from the scores that stand in the folder.</summary>
    public static ScoredRun Render(string folder)
    {
        var scored = new ScoredRun(RunReader.ReadDescription(folder), ScoreFiles.ReadSummary(folder));
        WriteLeaderboard(folder, scored);
        return scored;
    }

    /// <summary>The short leaderboard, and where the rest is.</summary>
    public static void Print(Terminal terminal, string folder, ScoredRun scored)
    {
        terminal.Out.WriteLine(LeaderboardMarkdown.RenderExcerpt(scored.Description, scored.Summary));
        terminal.Out.WriteLine(Path.Combine(folder, LeaderboardFile));
    }

    static void WriteLeaderboard(string folder, ScoredRun scored) =>
        AtomicFile.Write(Path.Combine(folder, LeaderboardFile), LeaderboardMarkdown.Render(scored.Description, scored.Summary));
}
