using NeedleBench.Training.TokenizerTraining;

namespace NeedleBench.Training.Tests.TokenizerTraining;

public sealed class PieceRulesTests
{
    [Theory]
    [InlineData("▁abc", true)]
    [InlineData("a▁", false)]
    [InlineData("▁▁", false)]
    [InlineData("a.", false)]
    [InlineData("\",\"", true)]
    [InlineData("7", true)]
    [InlineData("▁7", false)]
    [InlineData("\t", true)]
    [InlineData("\t\t", false)]
    [InlineData("漢字かなカナー", true)]
    [InlineData("漢a", false)]
    [InlineData("e\u0301e", true)]
    [InlineData("abcdefghijklmnop", true)]
    [InlineData("abcdefghijklmnopq", false)]
    [InlineData("😀😀", true)]
    public void Allows_what_SentencePiece_allows(string piece, bool allowed) =>
        Assert.Equal(allowed, new PieceRules(new()).Allows(piece));

    [Fact]
    public void Parts_no_two_characters_that_a_piece_may_hold()
    {
        int[] characters = ['a', 'é', 'ж', 'α', '.', '"', '7', 0xFF17, 0x301, 0x200D, 0x6F22, 0x30AB, 0x30FC, 0x1F600, 0x2581, '\t', 0x5D0, 0x627];
        TokenizerTrainingOptions usual = new();
        foreach (var options in new[] { usual, usual with { SplitDigits = false }, usual with { SplitDigits = false, SplitByNumber = false }, usual with { SplitByUnicodeScript = false } })
        {
            var rules = new PieceRules(options);
            Assert.All(
                from left in characters from right in characters select (left, right),
                pair => Assert.Equal(
                    !rules.Allows(char.ConvertFromUtf32(pair.left) + char.ConvertFromUtf32(pair.right)), rules.Parts(pair.left, pair.right)));
        }
    }

    [Fact]
    public void Knows_scripts_by_their_letters()
    {
        // From the Unicode standard's property Script (UAX #24), with the two kana counted as Han.
        var expected = new Dictionary<string, UnicodeScript>
        {
            ["a"] = UnicodeScript.Latin,
            ["ß"] = UnicodeScript.Latin,
            ["×"] = UnicodeScript.Common,
            ["ω"] = UnicodeScript.Greek,
            ["ж"] = UnicodeScript.Cyrillic,
            ["א"] = UnicodeScript.Hebrew,
            ["ع"] = UnicodeScript.Arabic,
            ["،"] = UnicodeScript.Common,
            ["क"] = UnicodeScript.Devanagari,
            ["।"] = UnicodeScript.Common,
            ["ก"] = UnicodeScript.Thai,
            ["한"] = UnicodeScript.Hangul,
            ["漢"] = UnicodeScript.Han,
            ["𠀀"] = UnicodeScript.Han,
            ["ひ"] = UnicodeScript.Han,
            ["カ"] = UnicodeScript.Han,
            ["、"] = UnicodeScript.Common,
            ["\u0301"] = UnicodeScript.Inherited,
            ["\ufe0f"] = UnicodeScript.Inherited,
            ["😀"] = UnicodeScript.Common,
            ["€"] = UnicodeScript.Common,
            ["µ"] = UnicodeScript.Common,
            ["K"] = UnicodeScript.Latin,
        };

        Assert.All(expected, entry => Assert.Equal(entry.Value, UnicodeScripts.Of(char.ConvertToUtf32(entry.Key, 0))));
    }

    [Fact]
    public void Orders_pieces_by_code_point_and_not_by_UTF_16()
    {
        Assert.True(PairOrder.CompareCodePoints("a\ufffd", "a😀") < 0);
        Assert.True(PairOrder.CompareCodePoints("😀", "😁") < 0);
        Assert.True(PairOrder.CompareCodePoints("ab", "abc") < 0);
        Assert.True(PairOrder.CompareCodePoints("é", "e") > 0);
    }
}
