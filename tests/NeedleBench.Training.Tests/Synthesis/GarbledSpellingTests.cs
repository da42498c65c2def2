using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Tests.Synthesis;

public class GarbledSpellingTests
{
    const string Text = "Would you please turn the kitchen lights off before 22:45, or at least dim them to 30 %? ";

    [Fact]
    public void Half_of_the_words_change_and_digits_signs_and_edges_stay()
    {
        var changed = 0;
        var words = Text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < 300; i++)
        {
            var garbled = GarbledSpelling.Apply(Text, new SeededRandom(1, i));

            Assert.Contains("22:45,", garbled, StringComparison.Ordinal);
            Assert.Contains("30", garbled, StringComparison.Ordinal);
            Assert.EndsWith("%? ", garbled, StringComparison.Ordinal);
            Assert.Equal('w', garbled[0]);
            changed += words.Except(garbled.Split(' ')).Count();
        }

        // Short words have fewer ways to go wrong, and a few errors fall on a word's like.
        Assert.InRange((double)changed / (300 * words.Length), 0.25, 0.6);
    }

    [Fact]
    public void The_same_draw_garbles_alike_and_another_does_not()
    {
        Assert.Equal(GarbledSpelling.Apply(Text, new SeededRandom(3)), GarbledSpelling.Apply(Text, new SeededRandom(3)));
        Assert.NotEqual(GarbledSpelling.Apply(Text, new SeededRandom(3)), GarbledSpelling.Apply(Text, new SeededRandom(4)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("42 °C")]
    [InlineData("天気は?")]
    public void What_has_no_words_of_latin_letters_stays_as_it_is_but_for_case(string text) =>
        Assert.Equal(text.ToLowerInvariant(), GarbledSpelling.Apply(text, new SeededRandom(5)));
}
