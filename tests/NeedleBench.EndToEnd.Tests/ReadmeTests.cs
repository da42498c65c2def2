using NeedleBench.Harness.Running;
using NeedleBench.Harness.Statistics;
using NeedleBench.Reports;

namespace NeedleBench.EndToEnd.Tests;

/// <summary>The README's numbers are those of a committed run, written by the tool.</summary>
public class ReadmeTests
{
    [Fact]
    public void The_leaderboard_in_the_README_is_what_the_committed_run_renders_to()
    {
        var readme = File.ReadAllText(RepositoryFiles.InRepository("README.md"));
        var folder = RepositoryFiles.InRepository("results/fifteen-suites");
        var excerpt = LeaderboardMarkdown.RenderExcerpt(RunReader.ReadDescription(folder), ScoreFiles.ReadSummary(folder));

        Assert.Equal(readme, ReadmeSection.Replace(readme, "leaderboard", excerpt));
    }

    [Fact]
    public void The_figures_beside_published_ones_are_those_of_the_committed_run()
    {
        var readme = File.ReadAllText(RepositoryFiles.InRepository("README.md"));
        var folder = RepositoryFiles.InRepository("results/bfcl");
        var file = RepositoryFiles.InRepository("baselines/published/bfcl.json");
        var published = PublishedScores.Parse(File.ReadAllText(file), file);
        var table = PublishedMarkdown.Render(RunReader.ReadDescription(folder), ScoreFiles.ReadSummary(folder), published);

        Assert.Equal(readme, ReadmeSection.Replace(readme, published.Section, table));
    }
}
