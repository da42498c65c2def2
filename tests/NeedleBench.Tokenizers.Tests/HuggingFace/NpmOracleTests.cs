using System.Text.RegularExpressions;

namespace NeedleBench.Tokenizers.Tests.HuggingFace;

/// <summary>Against Hugging Face's own libraries on at least 2,000 mixed texts a tokenizer, and the Rust library on every step.</summary>
public partial class NpmOracleTests
{
    const string Nfc = """{"type":"NFC"}""";

    [NpmFact("tokenizers/qwen3")]
    public void Encodes_and_decodes_with_qwen3_as_hugging_face_does() =>
        AssertEqual(JsonTokenizers.FromShared("tokenizers/qwen3", "qwen3.tokenizer_config.json", JsonTokenizers.Qwen2Pattern, Nfc));

    [NpmFact("tokenizers/granite4")]
    public void Encodes_and_decodes_with_granite_as_hugging_face_does() =>
        AssertEqual(JsonTokenizers.FromShared("tokenizers/granite4", "tokenizer_config.json", JsonTokenizers.Cl100kPattern, null));

    [NpmFact("tokenizers/gpt2")]
    public void Encodes_and_decodes_with_gpt2_as_hugging_face_does() =>
        AssertEqual(JsonTokenizers.FromShared("tokenizers/gpt2", null, JsonTokenizers.Gpt2Pattern, null));

    [NpmFact]
    public void Encodes_and_decodes_with_a_model_like_gemma_as_hugging_face_does() => AssertEqual(SyntheticModels.Gemma());

    [NpmFact]
    public void Encodes_and_decodes_with_a_model_like_lfm2_as_hugging_face_does() => AssertEqual(SyntheticModels.Lfm2());

    [NpmFact]
    public void Cuts_by_every_pre_tokenizer_as_rust_does() =>
        AssertAllEqual([.. PreTokenizers.Select(step => ByteModels.Make(preTokenizer: step.Contains("Metaspace", StringComparison.Ordinal) || step.EndsWith('!')
            ? JsonTokenizers.Sequence(step.TrimEnd('!'), JsonTokenizers.ByteLevel)
            : JsonTokenizers.Sequence(step, ByteModels.MarkPieces)))]);

    [NpmFact]
    public void Normalizes_by_every_normalizer_as_rust_does() =>
        AssertAllEqual([.. Normalizers.Select(normalizer => ByteModels.Make(normalizer: normalizer, preTokenizer: JsonTokenizers.ByteLevel))]);

    [NpmFact]
    public void Cuts_added_tokens_out_as_rust_does() => AssertAllEqual(
    [
        ByteModels.Make(preTokenizer: JsonTokenizers.ByteLevel, added: AddedTokens),
        ByteModels.Make(preTokenizer: JsonTokenizers.ByteLevel, added: AddedTokens, normalizer: """{"type":"Lowercase"}"""),
        ByteModels.Make(preTokenizer: JsonTokenizers.Sequence("""{"type":"Metaspace","replacement":"_","prepend_scheme":"first","split":true}""", JsonTokenizers.ByteLevel), added: AddedTokens),
        ByteModels.Make(preTokenizer: JsonTokenizers.ByteLevel, added: AddedTokens, normalizer: """{"type":"Prepend","prepend":"_"}"""),
    ]);

    [NpmFact]
    public void Decodes_by_every_decoder_as_rust_does()
    {
        var tokenizers = Decoders.Select(decoder => ByteModels.MakeForDecoding(decoder)).ToArray();
        var random = new Random(11);
        int[][] rows = [.. Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, random.Next(10)).Select(_ => random.Next(ByteModels.DecodingSize + 3)).ToArray())];

        foreach (var (json, expected) in tokenizers.Zip(NpmOracle.DecodeByRust(tokenizers, rows)))
        {
            var tokenizer = JsonTokenizers.Load(json);
            Assert.Equal(expected, rows.Select(row => tokenizer.Decode(row)));
        }
    }

    static string[] Decoders =>
    [
        "null", """{"type":"Fuse"}""", """{"type":"ByteFallback"}""", """{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}""",
        """{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}""", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"never","split":true}""",
        """{"type":"Strip","content":" ","start":1,"stop":0}""", """{"type":"Strip","content":"▁","start":0,"stop":1}""",
        Chain("""{"type":"Replace","pattern":{"String":"▁"},"content":" "}""", """{"type":"ByteFallback"}""", """{"type":"Fuse"}""", """{"type":"Strip","content":" ","start":1,"stop":0}"""),
        Chain("""{"type":"ByteFallback"}""", """{"type":"Fuse"}""", """{"type":"Strip","content":" ","start":2,"stop":0}"""),
        Chain("""{"type":"Fuse"}""", """{"type":"Replace","pattern":{"String":"▁a"},"content":"-"}""", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":true}"""),
        Chain("""{"type":"Fuse"}""", """{"type":"Replace","pattern":{"Regex":"▁+"},"content":" "}""", """{"type":"ByteFallback"}"""),
        Chain("""{"type":"Fuse"}""", """{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}"""),
    ];

    static string[] Normalizers =>
    [
        """{"type":"NFC"}""", """{"type":"NFD"}""", """{"type":"NFKC"}""", """{"type":"NFKD"}""", """{"type":"Lowercase"}""", """{"type":"Prepend","prepend":"▁"}""",
        """{"type":"Strip","strip_left":true,"strip_right":true}""", """{"type":"Strip","strip_left":true,"strip_right":false}""", """{"type":"Strip","strip_left":false,"strip_right":true}""",
        """{"type":"Replace","pattern":{"String":" "},"content":"▁"}""", """{"type":"Replace","pattern":{"Regex":"\\s+"},"content":" $1 "}""",
        """{"type":"Replace","pattern":{"Regex":"\\p{L}\\p{M}*"},"content":"L"}""", """{"type":"Replace","pattern":{"Regex":" {2,}"},"content":"  "}""",
        """{"type":"Sequence","normalizers":[{"type":"NFD"},{"type":"Lowercase"},{"type":"Replace","pattern":{"String":"e"},"content":""},{"type":"NFC"}]}""",
    ];

    static string[] PreTokenizers =>
    [
        .. Patterns.Select(pattern => JsonTokenizers.Split(pattern)),
        .. ((string[])["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]).SelectMany(behavior => (string[])
        [
            JsonTokenizers.Split(@"\p{L}+|[0-9]", behavior), JsonTokenizers.Split(@"\p{Lu}|[0-9]", behavior, invert: true), JsonTokenizers.Split("e", behavior, kind: "String"),
            JsonTokenizers.Split(" ", behavior, invert: true, kind: "String"), $$"""{"type":"Punctuation","behavior":"{{behavior}}"}""",
        ]),
        """{"type":"Digits","individual_digits":true}""", """{"type":"Digits","individual_digits":false}""", """{"type":"Punctuation"}""",
        """{"type":"Whitespace"}""", """{"type":"WhitespaceSplit"}""",
        """{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}""", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":false}""",
        """{"type":"Metaspace","replacement":"▁","prepend_scheme":"never","split":true}""",
        JsonTokenizers.Sequence("""{"type":"Metaspace","replacement":"_","prepend_scheme":"never","split":true}""", """{"type":"Metaspace","replacement":"~","prepend_scheme":"always","split":false}"""),
        """{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}!""",
        JsonTokenizers.Sequence("""{"type":"Punctuation","behavior":"Contiguous"}""", """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}""", """{"type":"Digits","individual_digits":false}""", JsonTokenizers.Split("[0-9][0-9][0-9]")),
    ];

    static string[] Patterns =>
    [
        JsonTokenizers.Gpt2Pattern, JsonTokenizers.Cl100kPattern, JsonTokenizers.Qwen2Pattern, $"(?:{JsonTokenizers.Cl100kPattern})",
        @"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s",
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        @"[!""#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        "[一-龥\u3040-ゟ゠-ヿ]+", @"\w+", @"\W", @"[\w]+|[^\w\s]+", @"\b", @"\B\w", "$", "^", "^.", @".+\z", @"\n?\Z", @"\h+", @"\R", @"[\W&&[^\s]]", @"[a-z&&[^aeiou]]+", @"[[a-f][^\p{L}\s]]+", @"(?i)straße|RE?",
        @"(?<=[aeiou])\p{L}", @"(?<!\s)\s", @"(?=\d)", @"(?>\s+)\p{L}", @"\p{^L}+", @"\P{L}{2}", @"\p{Uppercase_Letter}", @"\x{41}-?|\u00e9|\x20{2}", @"(l){2}", @"l{2}?", @"o{,2}x", @"\p{N}{2,3}?", @"[]a-]", @"a{", @"(?:a|e|)", @"[\p{Mn}\p{Cf}]", @"\p{Co}|\p{So}", @"(?i:[k-t])+",
    ];

    static string AddedTokens => string.Join(',', (((string, string[])[])
    [
        ("<|a|>", ["special"]), ("<|a|>b", []), ("Hello", ["normalized"]), ("hello world", ["normalized"]), ("it", ["single_word"]), ("<L>", ["lstrip"]), ("<R>", ["rstrip", "special"]), ("<B>", ["lstrip", "rstrip"]), ("\n", ["rstrip"]),
        ("CAFÉ", ["normalized", "single_word"]), ("xo", ["single_word", "lstrip", "normalized"]),
    ]).Select((token, i) => JsonTokenizers.Added(256 + i, token.Item1, token.Item2)));

    static string Chain(params string[] decoders) => $$"""{"type":"Sequence","decoders":[{{string.Join(',', decoders)}}]}""";

    /// <summary>Mixed texts, and such as added tokens meet in the middle of things.</summary>
    static void AssertAllEqual(string[] tokenizers)
    {
        var random = new Random(3);
        string[] bits = ["<|a|>", "<|a|>b", "Hello", "hello world", "HELLO", " it ", "it", "<L>", " <L> ", "<R>", "  <R>  ", " <B> ", "\n", "café", "CAFÉ", "é", "xo", " xo", ".", " ", "  ", "a", "_"];
        string[] texts =
        [
            "", " ", "a", .. MixedTexts.Make(99, 150),
            .. Enumerable.Range(0, 150).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => bits[random.Next(bits.Length)]))),
        ];
        foreach (var (json, expected) in tokenizers.Zip(NpmOracle.EncodeByRust(tokenizers, texts)))
        {
            var tokenizer = JsonTokenizers.Load(json);
            var ids = texts.Select(text => tokenizer.Encode(text)).ToArray();
            AssertNone(Differences(texts, ids, expected), json[..json.IndexOf("\"model\"", StringComparison.Ordinal)]);
        }
    }

    static void AssertEqual(string json)
    {
        var tokenizer = JsonTokenizers.Load(json);
        var texts = MixedTexts.Make(20_250_101, 2700);
        var ids = texts.Select(text => tokenizer.Encode(text)).ToArray();
        AssertNone(Differences(texts, ids, NpmOracle.EncodeByRust(json, texts)), "Rust");

        var plain = Enumerable.Range(0, texts.Length).Where(i => !OwnWay().IsMatch(texts[i])).Take(2000).ToArray();
        Assert.Equal(2000, plain.Length);
        var plainTexts = plain.Select(i => texts[i]).ToArray();
        AssertNone(Differences(plainTexts, [.. plain.Select(i => ids[i])], NpmOracle.EncodeByJavaScript(json, plainTexts)), "JavaScript");
        Assert.Equal(NpmOracle.DecodeByRust(json, ids), ids.Select(row => tokenizer.Decode(row)));

        var random = new Random(7);
        var rows = Enumerable.Range(0, 500).Select(_ => Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(tokenizer.VocabularySize)).ToArray()).ToArray();
        Assert.Equal(NpmOracle.DecodeByRust(json, rows), rows.Select(row => tokenizer.Decode(row)));
    }

    /// <summary>
    /// Where the JavaScript library differs from Rust, and so from us: U+017F is no s to it where case does not count, and two
    /// or three spaces by themselves between added tokens become an added token that the text does not hold.
    /// </summary>
    [GeneratedRegex("'ſ|(^|>) {2,3}($|<)")]
    private static partial Regex OwnWay();

    static void AssertNone(string[] differences, string where) =>
        Assert.True(differences.Length == 0, $"{where}: {differences.Length} differ: {string.Join('\n', differences.OrderBy(text => text.Length).Take(3))}");

    static string[] Differences(string[] texts, int[][] ours, int[][] theirs) =>
        [.. texts.Index().Where(entry => !ours[entry.Index].SequenceEqual(theirs[entry.Index]))
            .Select(entry => $"{entry.Item} | {string.Join(' ', ours[entry.Index])} | {string.Join(' ', theirs[entry.Index])}")];
}
