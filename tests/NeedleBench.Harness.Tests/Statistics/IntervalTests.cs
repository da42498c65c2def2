using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Tests.Statistics;

public class IntervalTests
{
    // From the formula evaluated elsewhere (Python, statistics.NormalDist); 8 of 10 is [0.4902, 0.9433] in textbooks.
    [Theory]
    [InlineData(0, 10, 0, 0.27753279986288915)]
    [InlineData(10, 10, 0.7224672001371109, 1)]
    [InlineData(8, 10, 0.49016247153664183, 0.9433178485456247)]
    [InlineData(50, 100, 0.4038315303659957, 0.5961684696340044)]
    [InlineData(1, 1, 0.20654931437723745, 1)]
    [InlineData(2.5, 4, 0.2194265200653629, 0.9081007708209878)]
    [InlineData(137, 140, 0.9388952114746261, 0.9926859967432213)]
    public void Wilson_intervals_have_their_known_ends(double hits, double n, double low, double high)
    {
        var interval = Wilson.Of(hits, n);

        Assert.Equal(low, interval.Low, 1e-12);
        Assert.Equal(high, interval.High, 1e-12);
    }

    [Fact]
    public void The_ends_of_a_sure_rate_are_exact()
    {
        for (var n = 1; n < 1000; n++)
        {
            Assert.Equal(0, Wilson.Of(0, n).Low);
            Assert.Equal(1, Wilson.Of(n, n).High);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    public void A_rate_outside_0_and_1_has_no_interval(double hits, double n) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Of(hits, n));

    // quantile(x, p) of R, whose default is type 7.
    [Theory]
    [InlineData("1 2 3 4 5 6 7 8 9 10", 0.25, 3.25)]
    [InlineData("1 2 3 4 5 6 7 8 9 10", 0.9, 9.1)]
    [InlineData("1 2 4 8", 0.25, 1.75)]
    [InlineData("1 2 4 8", 0.5, 3)]
    [InlineData("1 2 4 8", 0.99, 7.88)]
    [InlineData("1 2 4 8", 0, 1)]
    [InlineData("1 2 4 8", 1, 8)]
    [InlineData("7", 0.9, 7)]
    public void Quantiles_are_those_of_R(string values, double p, double expected)
    {
        double[] sorted = [.. values.Split(' ').Select(double.Parse)];

        Assert.Equal(expected, Quantile.OfSorted(sorted, p), 1e-12);
    }

    // The generator's published sequence from 1234567 (rosettacode.org, Pseudo-random numbers/Splitmix64).
    [Fact]
    public void The_generator_gives_its_published_numbers()
    {
        var random = new SplitMix64(1234567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void A_bootstrap_of_yes_and_no_is_close_to_Wilson()
    {
        double[] hits = [.. Enumerable.Range(0, 400).Select(i => i % 5 == 0 ? 0.0 : 1)];
        var ones = Enumerable.Repeat(1.0, 400).ToArray();

        var (wilson, bootstrap) = (Wilson.Of(320, 400), Bootstrap.Ratio(hits, ones));

        Assert.Equal(wilson.Low, bootstrap.Low, 0.01);
        Assert.Equal(wilson.High, bootstrap.High, 0.01);
    }

    [Fact]
    public void A_bootstrap_weighs_cases_by_their_totals()
    {
        // Two cases in equal number, 0 of 1 and 3 of 3: the ratio is 3/4, and its standard error by the delta method
        // is sqrt(var(h - R t) / n) / mean(t) = sqrt(0.5625 / 200) / 2 = 0.0265.
        double[] totals = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 1.0 : 3)];
        double[] hits = [.. totals.Select(t => t == 1 ? 0.0 : 3)];

        var interval = Bootstrap.Ratio(hits, totals);

        Assert.Equal(0.75 - (1.96 * 0.0265), interval.Low, 0.01);
        Assert.Equal(0.75 + (1.96 * 0.0265), interval.High, 0.01);
    }

    [Fact]
    public void The_same_seed_draws_the_same_interval_and_another_seed_another()
    {
        double[] hits = [0, 1, 2, 2, 1, 4, 0];
        double[] totals = [2, 2, 2, 3, 3, 4, 1];

        Assert.Equal(Bootstrap.Ratio(hits, totals), Bootstrap.Ratio(hits, totals));
        Assert.NotEqual(Bootstrap.Ratio(hits, totals, resamples: 99), Bootstrap.Ratio(hits, totals, resamples: 99, seed: 8));
    }

    [Fact]
    public void Every_case_is_drawn_for_odd_and_even_numbers_of_cases()
    {
        // With all ratios equal the interval is a point, unless a draw falls outside the data.
        for (var n = 1; n <= 9; n++)
        {
            double[] totals = [.. Enumerable.Range(1, n).Select(i => (double)i)];
            Assert.Equal(new Interval(0.5, 0.5), Bootstrap.Ratio([.. totals.Select(t => t / 2)], totals, resamples: 50));
        }
    }

    [Fact]
    public void Data_that_are_no_sample_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Bootstrap.Ratio([], []));
        Assert.Throws<ArgumentException>(() => Bootstrap.Ratio([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => Quantile.OfSorted([], 0.5));
    }
}
