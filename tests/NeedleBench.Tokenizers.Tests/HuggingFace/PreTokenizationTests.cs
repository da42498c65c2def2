namespace NeedleBench.Tokenizers.Tests.HuggingFace;

public class PreTokenizationTests
{
    [Theory]
    [InlineData("Removed", "the final countdown")]
    [InlineData("Isolated", "the - final - - countdown")]
    [InlineData("MergedWithPrevious", "the- final- - countdown")]
    [InlineData("MergedWithNext", "the -final - -countdown")]
    [InlineData("Contiguous", "the - final -- countdown")]
    public void Splits_as_the_documentation_of_each_behaviour_says(string behavior, string expected) =>
        Assert.Equal(expected.Split(' '), ByteModels.Pieces(JsonTokenizers.Split("-", behavior, kind: "String"), "the-final--countdown"));

    [Fact]
    public void Counts_a_character_above_U_FFFF_as_one_of_its_category()
    {
        Assert.Equal(["𐐀a𝐀", "1", "𠀀"], ByteModels.Pieces(JsonTokenizers.Split(@"\p{L}+"), "𐐀a𝐀1𠀀"));
        Assert.Equal(["𝟘𝟙𝟚", "𝟘𝟙"], ByteModels.Pieces(JsonTokenizers.Split(@"\p{N}{1,3}"), "𝟘𝟙𝟚𝟘𝟙"));
        Assert.Equal(["𝐀", "🚀🜁", "𝐀"], ByteModels.Pieces(JsonTokenizers.Split(@"[^\s\p{L}]+"), "𝐀🚀🜁𝐀"));
        Assert.Equal(["🚀", "🚀"], ByteModels.Pieces(JsonTokenizers.Split("."), "🚀🚀"));
    }

    [Fact]
    public void Folds_case_as_oniguruma_does_and_repeats_an_interval_rather_than_make_it_possessive()
    {
        Assert.Equal(["a", "'ſ", "b", "'T", "c"], ByteModels.Pieces(JsonTokenizers.Split("(?i:'s|'t)"), "a'ſb'Tc"));
        Assert.Equal(["1234567"], ByteModels.Pieces(JsonTokenizers.Split(@"\p{N}{1,3}+"), "1234567"));
        Assert.Equal(["aaa", "b"], ByteModels.Pieces(JsonTokenizers.Split("a++"), "aaab"));
        Assert.Equal(["aab"], ByteModels.Pieces(JsonTokenizers.Split("a++a"), "aab"));
    }

    [Fact]
    public void Cuts_by_hand_as_by_the_pattern_itself()
    {
        foreach (var pattern in (string[])[JsonTokenizers.Gpt2Pattern, JsonTokenizers.Cl100kPattern, JsonTokenizers.Qwen2Pattern])
        {
            var byHand = JsonTokenizers.Load(ByteModels.Make(preTokenizer: JsonTokenizers.Sequence(JsonTokenizers.Split(pattern), ByteModels.MarkPieces)));
            var byPattern = JsonTokenizers.Load(ByteModels.Make(preTokenizer: JsonTokenizers.Sequence(JsonTokenizers.Split($"(?:{pattern})"), ByteModels.MarkPieces)));
            foreach (var text in MixedTexts.Make(13, 1000))
            {
                Assert.Equal(byPattern.Encode(text), byHand.Encode(text));
            }
        }
    }

    [Fact]
    public void Cuts_digits_and_punctuation_and_words()
    {
        Assert.Equal(["a", "1", "2", "½", "b"], ByteModels.Pieces("""{"type":"Digits","individual_digits":true}""", "a12½b"));
        Assert.Equal(["a", "12½", "b"], ByteModels.Pieces("""{"type":"Digits","individual_digits":false}""", "a12½b"));
        Assert.Equal(["a", "$", "¿", "b€"], ByteModels.Pieces("""{"type":"Punctuation"}""", "a$¿b€"));
        Assert.Equal(["ab_1", "…!", "é"], ByteModels.Pieces("""{"type":"Whitespace"}""", "ab_1…!\té"));
        Assert.Equal(["ab_1…!", "é"], ByteModels.Pieces("""{"type":"WhitespaceSplit"}""", "ab_1…!\u3000é"));
    }

    [Theory]
    [InlineData(@"\p{Han}", "property \\p{Han}")]
    [InlineData(@"(a)\1", "escape '\\1'")]
    [InlineData(@"[[:alpha:]]", "POSIX")]
    [InlineData(@"(?x: a)", "group '(?x")]
    [InlineData(@"[\u{1F600}]", "hexadecimal digits are missing")]
    [InlineData("😀", "above U+FFFF")]
    [InlineData("(a", "')' is missing")]
    [InlineData("a)", "has no '('")]
    [InlineData("[a", "ends too early")]
    [InlineData("*a", "nothing to repeat")]
    [InlineData("[z-a]", "backwards")]
    public void Refuses_a_pattern_that_it_cannot_carry_out_and_says_why(string pattern, string why)
    {
        var error = Assert.Throws<InvalidDataException>(() => JsonTokenizers.Load(ByteModels.Make(preTokenizer: JsonTokenizers.Split(pattern))));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.json: pre_tokenizer.pattern.Regex ", error.Message, StringComparison.Ordinal);
    }
}
