namespace NeedleBench.Tokenizers.Tests.HuggingFace;

public class LoadTests
{
    const string Config = """{"tokenizer_class":"Qwen2Tokenizer","added_tokens_decoder":{"3":{"content":"<x>","special":true}}}""";

    [Theory]
    [InlineData("{\n\"model\": {\n  \"type\" \"BPE\"}}", "tokenizer.json:3: this is no JSON")]
    [InlineData("", "tokenizer.json:1: this is no JSON")]
    [InlineData("[]", "tokenizer.json: the file is not an object")]
    [InlineData("{}", "tokenizer.json: model is missing")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[["a",0.0]]}}""", "model asks for a model Unigram")]
    [InlineData("""{"model":{"type":"BPE","merges":[]}}""", "model.vocab is missing")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]}}""", "model.vocab is empty")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":-1},"merges":[]}}""", "model.vocab['b'] is not a whole number")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":"1"},"merges":[]}}""", "model.vocab['b'] is not a whole number")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":4000000000},"merges":[]}}""", "model.vocab['b'] is not a whole number")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":0},"merges":[]}}""", "model.vocab gives the id 0 to both 'a' and 'b'")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"a":1},"merges":[]}}""", "model.vocab holds the token 'a' twice")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"\ud800":1},"merges":[]}}""", "Unicode text")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0}}}""", "model.merges is missing")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":["a a"]}}""", "model.merges[0] needs the token 'aa'")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"aa":1},"merges":["a a",["b","a"]]}}""", "model.merges[1] needs the token 'b'")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":["a"]}}""", "model.merges[0] is not two tokens")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[["a","a","a"]]}}""", "model.merges[0] is not two tokens")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[7]}}""", "model.merges[0] is not an array")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"unk_token":"u"}}""", "model.unk_token is 'u'")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"dropout":0.1}}""", "at random")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"end_of_word_suffix":"</w>"}}""", "model.end_of_word_suffix asks for '</w>'")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"byte_fallback":1}}""", "model.byte_fallback is not true or false")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"added_tokens":[{"id":0,"content":"b"}]}""", "added_tokens[0] gives 'b' the id 0, which 'a' has")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"added_tokens":[{"id":1,"content":"a"}]}""", "added_tokens[0] gives 'a' a second id")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"added_tokens":[{"content":"a"}]}""", "added_tokens[0].id is missing")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"normalizer":{"type":"Precompiled"}}""", "normalizer asks for the normaliser Precompiled")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"normalizer":{"type":"Replace","pattern":{},"content":""}}""", "normalizer.pattern.String is missing")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"UnicodeScripts"}]}}""", "pre_tokenizer.pretokenizers[0] asks for the pre-tokenizer UnicodeScripts")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"pre_tokenizer":{"type":"Split","pattern":{"String":"a"},"behavior":"3"}}""", "the behaviour '3'")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"decoder":{"type":"WordPiece"}}""", "decoder asks for the decoder WordPiece")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"post_processor":{"type":"BertProcessing"}}""", "post_processor asks for the post-processor BertProcessing")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x"}},{"Sequence":{"id":"A"}}],"special_tokens":{}}}""", "post_processor.special_tokens.x.ids is missing")]
    public void Refuses_a_broken_or_foreign_file_by_its_name_and_the_place_in_it(string json, string problem)
    {
        var error = Assert.Throws<InvalidDataException>(() => JsonTokenizers.Load(json));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.json:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_or_opens_a_file_cut_at_any_place_and_nothing_else()
    {
        var json = """{"model":{"type":"BPE","vocab":{"a":0,"é":1,"aé":2},"merges":["a é"]},"added_tokens":[{"id":3,"content":"<x>"}],"pre_tokenizer":{"type":"Split","pattern":{"Regex":"[a-z]+"},"behavior":"Isolated"}}""";
        for (var length = 0; length < json.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => JsonTokenizers.Load(json[..length]));
        }

        Assert.Equal([2, 3], JsonTokenizers.Load(json.Replace("[a-z]+", "x", StringComparison.Ordinal)).Encode("aé<x>"));
    }

    [Fact]
    public void Opens_merges_as_pairs_and_as_strings_and_a_file_with_a_byte_order_mark()
    {
        const string Head = """{"model":{"vocab":{"a":0,"b":1,"ab":2},"merges":""";

        Assert.Equal([2], JsonTokenizers.Load(Head + """["a b"]}}""").Encode("ab"));
        Assert.Equal([2], JsonTokenizers.Load("\uFEFF" + Head + """[["a","b"]]}}""").Encode("ab"));
    }

    [Fact]
    public void Opens_a_folder_of_three_files()
    {
        using var folder = Folder(Config, "#version: 0.2\na b\n");

        Assert.Equal([2, 3], HuggingFaceTokenizer.Load(folder.Path).Encode("ab<x>"));
    }

    [Fact]
    public void Puts_the_token_that_begins_a_text_where_the_configuration_says_so()
    {
        using var folder = Folder("""{"tokenizer_class":"GPT2Tokenizer","add_bos_token":true,"bos_token":{"content":"<x>"},"add_prefix_space":true,"added_tokens_decoder":{"4":{"content":"<x>"}}}""", "a b\n", """{"a":0,"b":1,"ab":2,"Ġ":3}""");

        Assert.Equal([4, 3, 2], HuggingFaceTokenizer.Load(folder.Path).Encode("ab"));
    }

    [Theory]
    [InlineData(Config, "#version: 0.2\na b\n\nab\n", "merges.txt:4: the merge is not two tokens")]
    [InlineData(Config, "a b\na x\n", "merges.txt:2: the merge needs the token 'x'")]
    [InlineData("""{"tokenizer_class":"LlamaTokenizer"}""", "a b", "tokenizer_config.json: tokenizer_class is LlamaTokenizer")]
    [InlineData("{}", "a b", "tokenizer_config.json: tokenizer_class is missing")]
    [InlineData("""{"tokenizer_class":"Qwen2Tokenizer","added_tokens_decoder":{"x":{"content":"<x>"}}}""", "a b", "added_tokens_decoder['x'] is not named by an id")]
    [InlineData("""{"tokenizer_class":"GPT2Tokenizer","add_bos_token":true,"bos_token":"<b>"}""", "a b", "bos_token is '<b>', which has no id")]
    [InlineData("{\n\n,", "a b", "tokenizer_config.json:3: this is no JSON")]
    public void Names_the_one_of_three_files_that_is_broken(string config, string merges, string problem)
    {
        using var folder = Folder(config, merges);

        Assert.Contains(problem, Assert.Throws<InvalidDataException>(() => HuggingFaceTokenizer.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_which_file_is_missing()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("tokenizer.json", Assert.Throws<FileNotFoundException>(() => HuggingFaceTokenizer.Load(folder.Path)).Message, StringComparison.Ordinal);

        File.WriteAllText(folder.File("vocab.json"), """{"a":0}""");
        Assert.Contains("merges.txt", Assert.Throws<FileNotFoundException>(() => HuggingFaceTokenizer.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    static TemporaryFolder Folder(string config, string merges, string vocabulary = """{"a":0,"b":1,"ab":2}""")
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("vocab.json"), vocabulary);
        File.WriteAllText(folder.File("merges.txt"), merges);
        File.WriteAllText(folder.File("tokenizer_config.json"), config);
        return folder;
    }
}
