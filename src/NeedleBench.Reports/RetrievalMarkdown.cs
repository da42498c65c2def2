using NeedleBench.Harness.Retrieval;

namespace NeedleBench.Reports;

/// <summary>How a model ranks tools, as a Markdown table.</summary>
public static class RetrievalMarkdown
{
    /// <summary>A row a group.</summary>
    /// <param name="model">As it was named.</param>
    /// <param name="offered">Tools a case.</param>
    /// <param name="summaries">At least one.</param>
    public static string Render(string model, int offered, IReadOnlyList<RetrievalSummary> summaries)
    {
        ArgumentNullException.ThrowIfNull(summaries);
        var table = new MarkdownTable("Cases of", ">Cases", ">All in top 5 %", ">Recall@1 %", ">Recall@3 %", ">Recall@5 %", ">MRR");
        foreach (var row in summaries)
        {
            table.Add(
            [
                row.Group, Figures.Count(row.Cases),
                $"{Figures.Percent((double)row.AllInTop5 / row.Cases)} [{Figures.Percent(row.AllInTop5Interval.Low)}, {Figures.Percent(row.AllInTop5Interval.High)}]",
                Figures.Percent(row.Recall[0]), Figures.Percent(row.Recall[2]), Figures.Percent(row.Recall[4]), Figures.Fixed(row.MeanReciprocalRank, 3),
            ]);
        }

        return $"{table}\nThe retrieval head of {model}, {Figures.Count(offered)} tools offered in each case, its own among them; […] is the 95 % interval.\n";
    }
}
