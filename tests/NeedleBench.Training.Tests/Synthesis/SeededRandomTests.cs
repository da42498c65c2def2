namespace NeedleBench.Training.Tests.Synthesis;

public class SeededRandomTests
{
    // The published check values of SplitMix64 for seed 1234567.
    [Fact]
    public void Gives_the_published_numbers()
    {
        var random = new SeededRandom(1234567);

        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void Draws_in_proportion_to_the_weights()
    {
        var random = new SeededRandom(3);
        var counts = new int[3];
        for (var i = 0; i < 40_000; i++)
        {
            counts[random.Weighted([1, 0, 3])]++;
        }

        // Ten standard deviations of a binomial count around 10,000.
        Assert.InRange(counts[0], 9_134, 10_866);
        Assert.Equal(0, counts[1]);
    }
}
