using System.Text.RegularExpressions;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Tests.Synthesis;

public partial class ArtificialQuantityTests
{
    [Theory]
    [InlineData((int)ArtificialKind.Hour, 0, 23)]
    [InlineData((int)ArtificialKind.Minutes, 1, 1440)]
    [InlineData((int)ArtificialKind.Percent, 0, 100)]
    public void What_is_said_means_one_number(int kind, int lowest, int highest)
    {
        var made = Enumerable.Range(0, 5000).Select(i => ArtificialQuantity.Make((ArtificialKind)kind, new SeededRandom(1, i))).ToList();

        Assert.All(made.GroupBy(m => m.Say), g => Assert.Single(g.Select(m => m.Value).Distinct()));
        Assert.Equal((lowest, highest), (made.Min(m => m.Value), made.Max(m => m.Value)));
    }

    [Fact]
    public void Hours_behind_noon_are_said_with_twelve_hours_or_with_twenty_four()
    {
        var made = Enumerable.Range(0, 5000).Select(i => ArtificialQuantity.Make(ArtificialKind.Hour, new SeededRandom(2, i))).ToHashSet();

        Assert.Superset(
            new HashSet<(string, int)> { ("5pm", 17), ("five pm", 17), ("4 in the afternoon", 16), ("5 in the evening", 17), ("17:00", 17), ("12 am", 0), ("12 pm", 12), ("noon", 12), ("09:00", 9) },
            made);
        Assert.All(made.Where(m => Twelve().IsMatch(m.Say)), m => Assert.Equal(m.Value % 12, int.Parse(Twelve().Match(m.Say).Groups[1].Value, null) % 12));
        Assert.All(made, m => Assert.False(m.Value < 12 && m.Say.Contains("pm", StringComparison.Ordinal)));
    }

    [GeneratedRegex("^([0-9]+) ?([ap]m|in the)")]
    private static partial Regex Twelve();
}
