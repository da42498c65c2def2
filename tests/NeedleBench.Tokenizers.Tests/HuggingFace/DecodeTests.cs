namespace NeedleBench.Tokenizers.Tests.HuggingFace;

public class DecodeTests
{
    [Fact]
    public void Holds_incomplete_characters_back_while_ids_come_one_by_one()
    {
        var tokenizer = JsonTokenizers.Load(ByteModels.Make(JsonTokenizers.ByteLevel, decoder: """{"type":"ByteLevel"}"""));
        var decoder = tokenizer.StartDecoding();

        Assert.Equal(["a", "", "", "", "🚀", "", "é", ""], ((int[])['a', 0xF0, 0x9F, 0x9A, 0x80, 0xC3, 0xA9, 0xC3]).Select(decoder.Add));
        Assert.Equal("\uFFFD", decoder.Finish());
    }

    [Fact]
    public void Settles_a_run_of_byte_tokens_when_another_token_comes()
    {
        var tokenizer = JsonTokenizers.Load(SyntheticModels.Gemma());
        string[] tokens = ["▁t", "<0xC3>", "<0xA9>", "▁", "<0xC3>", "<0x41>", "n", "<0xC3>"];
        var decoder = tokenizer.StartDecoding();

        Assert.Equal([" t", "", "", "é ", "", "", "\uFFFD\uFFFDn", ""], tokens.Select(token => decoder.Add(tokenizer.IdOf(token)!.Value)));
        Assert.Equal("\uFFFD", decoder.Finish());
    }

    [Theory]
    [InlineData("""{"type":"ByteLevel"}""")]
    [InlineData("""{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]}""")]
    [InlineData("null")]
    public void Gives_the_same_text_one_by_one_and_at_once(string decoder)
    {
        var tokenizer = JsonTokenizers.Load(ByteModels.MakeForDecoding(decoder));
        var random = new Random(4);
        for (var i = 0; i < 300; i++)
        {
            var ids = Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(ByteModels.DecodingSize)).ToArray();
            var stream = tokenizer.StartDecoding();
            Assert.Equal(tokenizer.Decode(ids), string.Concat(ids.Select(stream.Add)) + stream.Finish());
        }
    }

    [Fact]
    public void Skips_special_tokens_only_where_asked_to_and_ids_without_a_token_always()
    {
        var added = $"{JsonTokenizers.Added(256, "<s>", "special")},{JsonTokenizers.Added(258, "<tool call>")}";
        var tokenizer = JsonTokenizers.Load(ByteModels.Make(JsonTokenizers.ByteLevel, decoder: """{"type":"ByteLevel"}""", added: added));

        Assert.Equal("a<tool call>", tokenizer.Decode([256, 'a', 257, 258, 9_999, -1]));
        Assert.Equal("<s>a<tool call>", tokenizer.Decode([256, 'a', 257, 258, 9_999, -1], skipSpecialTokens: false));
        Assert.Equal((259, null, "<s>"), (tokenizer.VocabularySize, tokenizer.TokenOf(257), tokenizer.TokenOf(256)));
        Assert.Equal((258, null), (tokenizer.IdOf("<tool call>"), tokenizer.IdOf("no such token")));
    }

    [Fact]
    public void Strips_from_each_token_before_they_are_joined_and_from_the_text_after()
    {
        const string Strip = """{"type":"Strip","content":" ","start":1,"stop":0}""";
        var each = JsonTokenizers.Load(ByteModels.MakeForDecoding(Strip));
        var whole = JsonTokenizers.Load(ByteModels.MakeForDecoding($$"""{"type":"Sequence","decoders":[{"type":"Fuse"},{{Strip}}]}"""));

        Assert.Equal("c b ", each.Decode([each.IdOf(" c")!.Value, each.IdOf("  b ")!.Value]));
        Assert.Equal("c  b ", whole.Decode([each.IdOf(" c")!.Value, each.IdOf("  b ")!.Value]));
    }
}
