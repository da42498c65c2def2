using System.Globalization;
using NeedleBench.Harness.Comparison;
using NeedleBench.Harness.Metrics;

namespace NeedleBench.Reports;

/// <summary>Two models over the same cases, as Markdown.</summary>
public static class ComparisonMarkdown
{
    /// <summary>How many cases of one side alone are named before the rest is only counted.</summary>
    const int NamedCases = 20;

    const double LeastShown = 0.0001;

    /// <summary>The whole comparison. Lines end with a line feed.</summary>
    public static string Render(ComparisonResult comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return string.Join('\n', Sections());

        IEnumerable<string> Sections()
        {
            yield return "# Comparison\n";
            yield return Sides(comparison);
            yield return Verdict(comparison.ExactMatch);
            yield return "## Metrics\n";
            yield return MetricRows(comparison.Metrics);
            yield return "Percentage points, candidate minus baseline; […] is the 95 % interval of a paired bootstrap over suites and "
                + $"the cases in them ({Figures.Count(comparison.BootstrapResamples)} resamples, seed {Figures.Count(comparison.BootstrapSeed)}); "
                + "repeats of a case are averaged first.\n";
            yield return "## Exact match by suite\n";
            yield return SuiteRows(comparison.Suites);
            yield return "p is McNemar's exact test, two-sided, of the cases that only one side got right; adjusted is after Holm, over "
                + "the suites. A case counts as right where more than half of its repeats are.\n";
        }
    }

    static string Sides(ComparisonResult comparison)
    {
        var text = $"- Baseline: `{comparison.BaselineModel}`\n- Candidate: `{comparison.CandidateModel}`\n"
            + $"- Cases that both answered: {Figures.Count(comparison.Cases)}\n";
        return text + Lonely("baseline", comparison.OnlyInBaseline) + Lonely("candidate", comparison.OnlyInCandidate);
    }

    static string Lonely(string side, IReadOnlyList<ComparedCase> cases)
    {
        if (cases.Count == 0)
        {
            return "";
        }

        var names = string.Join(", ", cases.Take(NamedCases).Select(c => $"{c.Suite}: {c.Case}"));
        var more = cases.Count > NamedCases ? $", and {Figures.Count(cases.Count - NamedCases)} more" : "";
        return $"- **Only the {side} answered {Figures.Count(cases.Count)} more, which are not compared: {names}{more}**\n";
    }

    static string Verdict(Discordance exact) =>
        $"Exact match: the candidate won {Figures.Count(exact.OnlyCandidate)} cases and lost {Figures.Count(exact.OnlyBaseline)}; "
        + $"both were right in {Figures.Count(exact.BothRight)} and wrong in {Figures.Count(exact.BothWrong)} "
        + $"(p {(exact.PValue < LeastShown ? "" : "= ")}{PValue(exact.PValue)}).\n";

    static string MetricRows(IReadOnlyDictionary<string, MetricDifference> metrics)
    {
        var table = new MarkdownTable("Metric", ">Cases", ">Baseline %", ">Candidate %", ">Difference", "");
        foreach (var (name, metric) in metrics)
        {
            table.Add(
            [
                MetricTable.All.FirstOrDefault(m => m.Name == name)?.Title ?? name, Figures.Count(metric.Cases),
                Figures.Percent(metric.Baseline), Figures.Percent(metric.Candidate), Difference(metric),
                metric.Direction switch { > 0 => "better", < 0 => "worse", _ => "" },
            ]);
        }

        return table.ToString();
    }

    static string SuiteRows(IReadOnlyDictionary<string, SuiteComparison> suites)
    {
        var table = new MarkdownTable("Suite", ">Cases", ">Baseline right", ">Candidate right", ">Won", ">Lost", ">p", ">p adjusted");
        foreach (var (name, suite) in suites)
        {
            var exact = suite.ExactMatch;
            table.Add(
            [
                name, Figures.Count(exact.Cases), Figures.Count(exact.BothRight + exact.OnlyBaseline),
                Figures.Count(exact.BothRight + exact.OnlyCandidate), Figures.Count(exact.OnlyCandidate),
                Figures.Count(exact.OnlyBaseline), PValue(exact.PValue), PValue(suite.AdjustedPValue),
            ]);
        }

        return table.ToString();
    }

    static string Difference(MetricDifference metric) => metric.Difference is not { } difference ? Figures.Nothing
        : metric.Interval is { } interval ? $"{Points(difference)} [{Points(interval.Low)}, {Points(interval.High)}]"
        : Points(difference);

    // The sign goes by what is shown: no "-0.0".
    static string Points(double difference) => (difference * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    static string PValue(double p) => p < LeastShown ? "< 0.0001" : Figures.Fixed(p, 4);
}
