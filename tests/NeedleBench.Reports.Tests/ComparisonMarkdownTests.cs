using NeedleBench.Harness.Comparison;
using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.Reports.Tests;

public class ComparisonMarkdownTests
{
    [Fact]
    public void A_comparison_reads_as_written_here()
    {
        const string Expected =
            """
            # Comparison

            - Baseline: `san:old`
            - Candidate: `san:new`
            - Cases that both answered: 20
            - **Only the baseline answered 1 more, which are not compared: timers: timers/021**

            Exact match: the candidate won 8 cases and lost 1; both were right in 6 and wrong in 5 (p = 0.0391).

            ## Metrics

            | Metric | Cases | Baseline % | Candidate % | Difference |  |
            | --- | ---: | ---: | ---: | ---: | --- |
            | Exact match | 20 | 35.0 | 70.0 | +35.0 [+10.0, +60.0] | better |
            | Call F1 | 20 | 50.0 | 50.0 | 0.0 [-0.1, 0.0] |  |
            | Irrelevance | 0 | – | – | – |  |
            | Invented parameters (Needle) | 12 | 1.0 | 4.0 | +3.0 [+1.0, +5.0] | worse |
            | of another version | 3 | 10.0 | 9.0 | -1.0 |  |

            Percentage points, candidate minus baseline; […] is the 95 % interval of a paired bootstrap over suites and the cases in them (2000 resamples, seed 20260101); repeats of a case are averaged first.

            ## Exact match by suite

            | Suite | Cases | Baseline right | Candidate right | Won | Lost | p | p adjusted |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | notes | 5 | 3 | 2 | 0 | 1 | 1.0000 | 1.0000 |
            | timers | 15 | 4 | 12 | 8 | 0 | 0.0078 | 0.0156 |

            p is McNemar's exact test, two-sided, of the cases that only one side got right; adjusted is after Holm, over the suites. A case counts as right where more than half of its repeats are.

            """;

        Assert.Equal(Expected.ReplaceLineEndings("\n"), ComparisonMarkdown.Render(Result));
    }

    [Fact]
    public void Small_p_values_and_long_lists_are_cut_short()
    {
        var text = ComparisonMarkdown.Render(Result with
        {
            ExactMatch = new(0, 0, 40, 0),
            OnlyInCandidate = [.. Enumerable.Range(1, 23).Select(i => new ComparedCase("s", $"s/{i}"))],
        });

        Assert.Contains("(p < 0.0001)", text, StringComparison.Ordinal);
        Assert.Contains("Only the candidate answered 23 more", text, StringComparison.Ordinal);
        Assert.Contains("s: s/20, and 3 more**", text, StringComparison.Ordinal);
    }

    static readonly ComparisonResult Result = new()
    {
        BaselineModel = "san:old",
        CandidateModel = "san:new",
        Cases = 20,
        OnlyInBaseline = [new("timers", "timers/021")],
        OnlyInCandidate = [],
        ExactMatch = new(6, OnlyBaseline: 1, OnlyCandidate: 8, 5),
        Metrics = new OrderedDictionary<string, MetricDifference>
        {
            [ExactMatch.Name] = new(0.35, 0.7, 0.35, new Interval(0.1, 0.6), true, 20),
            [CallF1.Name] = new(0.5, 0.4998, -0.0002, new Interval(-0.001, 0.0001), true, 20),
            [Irrelevance.Name] = new(null, null, null, null, true, 0),
            ["needle_invented_parameters"] = new(0.01, 0.04, 0.03, new Interval(0.01, 0.05), false, 12),
            ["of another version"] = new(0.1, 0.09, -0.01, null, true, 3),
        },
        Suites = new OrderedDictionary<string, SuiteComparison>
        {
            ["notes"] = new(new(2, 1, 0, 2), 1),
            ["timers"] = new(new(4, 0, 8, 3), 0.015625),
        },
    };
}
