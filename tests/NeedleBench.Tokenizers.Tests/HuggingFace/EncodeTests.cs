namespace NeedleBench.Tokenizers.Tests.HuggingFace;

public class EncodeTests
{
    [Fact]
    public void Cuts_added_tokens_out_first_and_the_longest_of_those_that_begin_together()
    {
        var added = $"{JsonTokenizers.Added(256, "<a>")},{JsonTokenizers.Added(257, "<a>b")},{JsonTokenizers.Added(258, "b<a>b<")}";
        var tokenizer = JsonTokenizers.Load(ByteModels.Make(JsonTokenizers.ByteLevel, added: added));

        Assert.Equal([257, 'c', 256, 'a'], tokenizer.Encode("<a>bc<a>a"));
        Assert.Equal(['x', 258, 'a'], tokenizer.Encode("xb<a>b<a"));
        Assert.Equal(['<', 'a', 256], tokenizer.Encode("<a<a>"));
    }

    [Fact]
    public void Lets_added_tokens_take_white_space_along_and_stand_alone_as_they_say()
    {
        var added = $"{JsonTokenizers.Added(256, "<l>", "lstrip")},{JsonTokenizers.Added(257, "<r>", "rstrip")},{JsonTokenizers.Added(258, "it", "single_word")}";
        var tokenizer = JsonTokenizers.Load(ByteModels.Make(JsonTokenizers.ByteLevel, added: added));

        Assert.Equal(['a', 256, ' ', 'b'], tokenizer.Encode("a \n<l> b"));
        Assert.Equal(['a', ' ', 257, 'b'], tokenizer.Encode("a <r> \tb"));
        Assert.Equal([258, '.', 258, ' ', 'b', 'i', 't', ' ', 'i', 't', '1'], tokenizer.Encode("it.it bit it1"));
    }

    [Fact]
    public void Looks_for_normalised_tokens_in_the_normalised_text_and_for_others_before()
    {
        var added = $"{JsonTokenizers.Added(256, "Yes", "normalized")},{JsonTokenizers.Added(257, "No")}";
        var tokenizer = JsonTokenizers.Load(ByteModels.Make(JsonTokenizers.ByteLevel, """{"type":"Lowercase"}""", added: added));

        Assert.Equal([256, 256, 257, 'n', 'o'], tokenizer.Encode("YESyesNoNO"));
    }

    [Fact]
    public void Merges_by_rank_and_leftmost_first_of_equals()
    {
        var vocabulary = ((string[])["a", "b", "c", "ab", "bc", "aa", "abc"]).Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        var tokenizer = JsonTokenizers.Load(JsonTokenizers.Make(JsonTokenizers.Model(vocabulary, ["b c", "a a", "a b", "ab c"])));

        Assert.Equal([0, 4], tokenizer.Encode("abc"));
        Assert.Equal([5, 0], tokenizer.Encode("aaa"));
        Assert.Equal([5, 3], tokenizer.Encode("aaab"));
        Assert.Equal([], tokenizer.Encode("xyz"));
    }

    [Fact]
    public void Takes_a_word_that_is_a_token_whole_where_merges_are_to_be_ignored()
    {
        var vocabulary = ((string[])["a", "b", "c", "bc", "abc"]).Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        var model = JsonTokenizers.Model(vocabulary, ["b c"]);
        Assert.Equal([0, 3], JsonTokenizers.Load(JsonTokenizers.Make(model)).Encode("abc"));

        model = JsonTokenizers.Model(vocabulary, ["b c"]);
        model["ignore_merges"] = true;
        Assert.Equal([4], JsonTokenizers.Load(JsonTokenizers.Make(model)).Encode("abc"));
    }

    [Fact]
    public void Falls_to_bytes_or_to_the_unknown_token_outside_the_vocabulary()
    {
        var tokenizer = JsonTokenizers.Load(SyntheticModels.Gemma());
        var unknown = ((string[])["<unk>", "a", "▁"]).Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        var model = JsonTokenizers.Model(unknown, []);
        model["unk_token"] = "<unk>";
        Assert.Equal([0, 0, 1, 0], JsonTokenizers.Load(JsonTokenizers.Make(model)).Encode("x🚀ay"));

        model = JsonTokenizers.Model(unknown, []);
        model["unk_token"] = "<unk>";
        model["fuse_unk"] = true;
        Assert.Equal([0, 1, 0], JsonTokenizers.Load(JsonTokenizers.Make(model)).Encode("x🚀ay"));
        Assert.Equal(["<bos>", "<0xF0>", "<0x9F>", "<0x9A>", "<0x80>", "▁t", "he"], tokenizer.Encode("🚀 the").Select(tokenizer.TokenOf));
        Assert.Equal(["<start_of_turn>", "▁▁", "t", "he", "▁▁▁"], tokenizer.Encode("<start_of_turn>▁▁the▁▁▁", addSpecialTokens: false).Select(tokenizer.TokenOf));
        Assert.Equal("🚀 the", tokenizer.Decode(tokenizer.Encode("🚀 the")));
    }

    [Fact]
    public void Adds_what_begins_a_text_only_where_asked_to()
    {
        var tokenizer = JsonTokenizers.Load(SyntheticModels.Lfm2());
        var begin = tokenizer.IdOf("<|startoftext|>")!.Value;

        Assert.Equal([begin], tokenizer.Encode(""));
        Assert.Equal([begin, .. tokenizer.Encode("zzz", addSpecialTokens: false)], tokenizer.Encode("zzz"));
        Assert.Equal(["zzz"], tokenizer.Encode("zzz", addSpecialTokens: false).Select(tokenizer.TokenOf));
    }

    [Fact]
    public void Counts_a_lone_surrogate_as_the_replacement_character()
    {
        var tokenizer = JsonTokenizers.Load(ByteModels.Make(JsonTokenizers.ByteLevel, """{"type":"NFC"}"""));

        Assert.Equal(tokenizer.Encode("a\uFFFDb\uFFFD"), tokenizer.Encode("a\uD83Db\uDE00"));
    }

    [Fact]
    public void Encodes_a_long_word_as_the_short_ones_it_falls_into()
    {
        var tokenizer = JsonTokenizers.Load(SyntheticModels.Gemma());
        var ids = tokenizer.Encode("▁hello▁world", addSpecialTokens: false);

        Assert.Equal(Enumerable.Repeat(ids, 20_000).SelectMany(row => row), tokenizer.Encode(string.Concat(Enumerable.Repeat("▁hello▁world", 20_000)), addSpecialTokens: false));
    }

    [Fact]
    public void Gives_the_same_ids_on_many_threads()
    {
        var tokenizer = JsonTokenizers.Load(SyntheticModels.Lfm2());
        var texts = MixedTexts.Make(21, 200);
        var expected = texts.Select(text => JsonTokenizers.Load(SyntheticModels.Lfm2()).Encode(text)).ToArray();

        Parallel.For(0, 800, i => Assert.Equal(expected[i % 200], tokenizer.Encode(texts[i % 200])));
    }
}
