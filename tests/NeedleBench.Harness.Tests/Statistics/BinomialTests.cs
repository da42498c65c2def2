using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Tests.Statistics;

public class BinomialTests
{
    // Both ways of drawing and the turn between them (n·p = 10), and p above one half.
    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(9, 0.5)]
    [InlineData(20, 0.4999)]
    [InlineData(20, 0.5)]
    [InlineData(1000, 0.0099)]
    [InlineData(1000, 0.0101)]
    [InlineData(400, 0.8)]
    [InlineData(100_000, 0.00005)]
    [InlineData(5_000, 0.37)]
    public void Draws_are_as_frequent_as_the_distribution_says(int n, double p)
    {
        const int Draws = 200_000;
        var random = new SplitMix64(7);
        var counts = new int[n + 1];
        for (var i = 0; i < Draws; i++)
        {
            counts[Binomial.Draw(n, p, ref random)]++;
        }

        // Pearson's chi-squared over the outcomes expected at least 10 times, all others together.
        var (chiSquared, degrees, restCount, restExpected) = (0.0, -1, Draws, (double)Draws);
        var logProbability = n * Math.Log(1 - p);
        for (var k = 0; k <= n; k++)
        {
            logProbability += k == 0 ? 0 : Math.Log((n - k + 1) * p / (k * (1 - p)));
            var expected = Draws * Math.Exp(logProbability);
            if (expected >= 10)
            {
                chiSquared += (counts[k] - expected) * (counts[k] - expected) / expected;
                degrees++;
                restCount -= counts[k];
                restExpected -= expected;
            }
        }

        if (restExpected >= 10)
        {
            chiSquared += (restCount - restExpected) * (restCount - restExpected) / restExpected;
            degrees++;
        }

        Assert.InRange(restCount, 0, restExpected + 40);
        Assert.InRange(chiSquared, 0, degrees + (4 * Math.Sqrt(2 * degrees)));
    }

    [Fact]
    public void Certain_outcomes_are_certain()
    {
        var random = new SplitMix64(1);

        Assert.Equal((0, 0, 5), (Binomial.Draw(0, 0.5, ref random), Binomial.Draw(5, 0, ref random), Binomial.Draw(5, 1, ref random)));
    }
}
