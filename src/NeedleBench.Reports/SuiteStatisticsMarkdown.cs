using System.Globalization;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Reports;

/// <summary>What suites are made of, as Markdown.</summary>
public static class SuiteStatisticsMarkdown
{
    /// <summary>
    /// One table of counts and one of styles, a row a suite, and where there are several a last row of all together.
    /// Lines end with a line feed.
    /// </summary>
    public static string Render(IReadOnlyList<Suite> suites)
    {
        ArgumentNullException.ThrowIfNull(suites);
        var rows = suites.Select(SuiteStatistics.Of).ToList();
        if (rows.Count > 1)
        {
            rows.Add(SuiteStatistics.OfAll(suites));
        }

        return $"{Counts(rows)}\nThree figures are minimum / median / maximum. Calls a case leaves refusals out; "
            + $"right answers a tool counts the cases in which a tool is to be called.\n\n{Styles(rows)}";
    }

    static MarkdownTable Counts(List<SuiteStatistics> rows)
    {
        var table = new MarkdownTable(
            "Suite", ">Cases", ">Refusals", ">Tools seen", ">Tools unseen", "Languages", ">Tools", ">Tools a case", ">Calls a case",
            ">Words a query", ">Arguments a call", ">Right answers a tool");
        foreach (var row in rows)
        {
            table.Add(
            [
                row.Name, Figures.Count(row.Cases), Figures.Count(row.Refusals), Figures.Count(row.SeenTools),
                Figures.Count(row.UnseenTools), string.Join(", ", row.Languages.Select(l => $"{l.Key} {Figures.Count(l.Value)}")),
                Figures.Count(row.Tools), Three(row.ToolsPerCase), Three(row.CallsPerCase), Three(row.QueryWords),
                Three(row.ArgumentsPerCall), Three(row.RightAnswersPerTool),
            ]);
        }

        return table;
    }

    static MarkdownTable Styles(List<SuiteStatistics> rows)
    {
        var table = new MarkdownTable(["Suite", .. CaseStyles.All.Select(style => $">{style}")]);
        foreach (var row in rows)
        {
            table.Add([row.Name, .. CaseStyles.All.Select(style => Figures.Count(row.Styles[style]))]);
        }

        return table;
    }

    static string Three(Spread? spread) => spread is { } s ? $"{Number(s.Min)} / {Number(s.Median)} / {Number(s.Max)}" : Figures.Nothing;

    // A median may lie half way between two counts.
    static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
