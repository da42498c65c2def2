using NeedleBench.Harness.Statistics;

namespace NeedleBench.Harness.Tests.Statistics;

public class HolmTests
{
    // p.adjust(p, "holm") of R; by hand: (m − rank)·p, never below the one before.
    [Theory]
    [InlineData("0.01 0.04 0.03 0.005", "0.03 0.06 0.06 0.02")]
    [InlineData("0.01 0.02 0.03 0.04 0.05", "0.05 0.08 0.09 0.09 0.09")]
    [InlineData("0.9 0.001 0.5", "1 0.003 1")]
    [InlineData("0.2", "0.2")]
    [InlineData("0.02 0.02 0.02", "0.06 0.06 0.06")]
    [InlineData("1 0", "1 0")]
    public void Adjusted_values_are_those_of_R(string given, string expected)
    {
        var adjusted = Holm.Adjust(Numbers(given));

        Assert.Equal(Numbers(expected), adjusted.Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void None_adjust_to_none_and_what_is_no_p_value_is_refused()
    {
        Assert.Empty(Holm.Adjust([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Holm.Adjust([0.5, 1.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Holm.Adjust([double.NaN]));
    }

    static double[] Numbers(string text) => [.. text.Split(' ').Select(double.Parse)];
}
