using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Tests.Statistics;

public class McNemarTests
{
    // 2·Σ C(n,k)/2ⁿ in whole numbers (Python's fractions). 5 of 20 is 0.04139 in R's binom.test; 150 and 86 are the
    // approval ratings in Agresti's Categorical Data Analysis, which R's mcnemar.test has for its example.
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(4, 5, 1)]
    [InlineData(0, 6, 0.03125)]
    [InlineData(1, 8, 0.0390625)]
    [InlineData(7, 2, 0.1796875)]
    [InlineData(5, 15, 0.04138946533203125)]
    [InlineData(150, 86, 3.715936139571442e-05)]
    [InlineData(59, 6, 4.964650327128617e-12)]
    [InlineData(0, 40, 1.8189894035458565e-12)]
    [InlineData(1000, 1100, 0.030720707864242296)]
    [InlineData(5000, 5300, 0.003215819673645239)]
    public void P_values_are_the_exact_ones(int b, int c, double expected)
    {
        Assert.Equal(1, McNemar.Exact(b, c) / expected, 1e-9);
        Assert.Equal(McNemar.Exact(b, c), McNemar.Exact(c, b));
    }

    [Fact]
    public void Many_cases_neither_overflow_nor_leave_the_unit_interval()
    {
        Assert.InRange(McNemar.Exact(50_000, 50_001), 0.99, 1);
        Assert.Equal(0, McNemar.Exact(0, 100_000));
    }

    [Fact]
    public void Negative_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => McNemar.Exact(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => McNemar.Exact(2, -1));
    }
}
