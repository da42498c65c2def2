using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Tests.Statistics;

public class PairedBootstrapTests
{
    [Fact]
    public void The_difference_is_that_of_the_ratios_of_sums()
    {
        // 3 of 6 against 4 of 5, over two suites.
        var found = PairedBootstrap.Difference([[Pair(1, 2, 2, 2)], [Pair(2, 4, 2, 3)]]);

        Assert.Equal((0.5, 0.8), (found.Baseline, found.Candidate));
        Assert.Equal(0.3, found.Difference!.Value, 1e-12);
    }

    [Theory]
    [InlineData(400)] // Four kinds in 400 cases: how often each is drawn.
    [InlineData(100)] // In 100: cases are drawn.
    public void Cases_of_one_suite_give_the_interval_that_theory_gives(int n)
    {
        // Of ten cases, five are right in both, two only in the candidate, one only in the baseline: d = 0.1,
        // and the variance of a case's difference is 0.3 − 0.1².
        var cases = Enumerable.Range(0, n).Select(i => (i % 10) switch
        {
            < 5 => Pair(1, 1, 1, 1),
            < 7 => Pair(0, 1, 1, 1),
            7 => Pair(1, 1, 0, 1),
            _ => Pair(0, 1, 0, 1),
        });
        var half = 1.96 * Math.Sqrt((0.3 - 0.01) / n);

        var found = PairedBootstrap.Difference([cases]);

        Assert.Equal(0.1, found.Difference!.Value, 1e-12);
        Assert.Equal(0.1 - half, found.Interval!.Value.Low, 0.012);
        Assert.Equal(0.1 + half, found.Interval!.Value.High, 0.012);
    }

    [Fact]
    public void Answers_that_are_alike_differ_by_nothing_however_few()
    {
        var found = PairedBootstrap.Difference([[Pair(1, 2, 1, 2), Pair(0, 3, 0, 3)], [Pair(2, 2, 2, 2)]]);

        Assert.Equal(new Interval(0, 0), found.Interval);
    }

    [Fact]
    public void Suites_are_drawn_as_wholes()
    {
        // Two suites of many cases, one all won and one all alike: half of the resamples hold both, a quarter each only one.
        var suites = new[] { Enumerable.Repeat(Pair(0, 1, 1, 1), 500), Enumerable.Repeat(Pair(1, 1, 1, 1), 500) };

        var found = PairedBootstrap.Difference(suites);

        Assert.Equal(0.5, found.Difference);
        Assert.Equal(new Interval(0, 1), found.Interval);
    }

    [Fact]
    public void Cases_are_drawn_within_their_suite()
    {
        // Every suite has the same half of its cases won, so only the draw within suites moves the difference: with 8 suites
        // of 50, the variance is nearly that of 400 cases.
        var suites = Enumerable.Repeat(Enumerable.Range(0, 50).Select(i => Pair(0, 1, i % 2, 1)), 8);

        var interval = PairedBootstrap.Difference(suites).Interval!.Value;

        Assert.Equal(0.5 - (1.96 * 0.025), interval.Low, 0.01);
        Assert.Equal(0.5 + (1.96 * 0.025), interval.High, 0.01);
    }

    [Fact]
    public void What_a_metric_says_nothing_about_is_left_out()
    {
        var found = PairedBootstrap.Difference([[Pair(1, 2, 2, 2), Pair(0, 0, 0, 0)], [Pair(0, 0, 0, 0)]]);

        Assert.Equal(new PairedDifference(0.5, 1, 0.5, new Interval(0.5, 0.5)), found);
        Assert.Equal(new PairedDifference(0.5, null, null, null), PairedBootstrap.Difference([[Pair(1, 2, 0, 0)]]));
        Assert.Equal(default, PairedBootstrap.Difference([]));
    }

    [Fact]
    public void Resamples_without_a_total_on_one_side_are_no_evidence()
    {
        // Each side applies to one case alone; what is left are the resamples that hold both.
        var found = PairedBootstrap.Difference([[Pair(1, 1, 0, 0), Pair(0, 0, 1, 2)]]);

        Assert.Equal(-0.5, found.Difference);
        Assert.Equal(new Interval(-0.5, -0.5), found.Interval);
    }

    [Fact]
    public void The_same_seed_draws_the_same_interval_and_another_seed_another()
    {
        PairedTally[][] suites = [[Pair(1, 2, 2, 3), Pair(0, 2, 1, 1), Pair(3, 4, 1, 4)], [Pair(0, 1, 1, 1), Pair(1, 5, 2, 4)]];

        Assert.Equal(PairedBootstrap.Difference(suites), PairedBootstrap.Difference(suites));
        Assert.NotEqual(
            PairedBootstrap.Difference(suites, resamples: 99), PairedBootstrap.Difference(suites, resamples: 99, seed: 8));
    }

    static PairedTally Pair(double hits, double total, double candidateHits, double candidateTotal) =>
        new(new Tally(hits, total), new Tally(candidateHits, candidateTotal));
}
