namespace NeedleBench.Tokenizers.Tests.HuggingFace;

/// <summary>Models without merges, which lay open what stands before and behind the merging: an id a byte.</summary>
static class ByteModels
{
    /// <summary>Puts a space before each piece that has none, so that ids show where a text was cut.</summary>
    public const string MarkPieces = """{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":false}""";

    static readonly string[] DecodingTokens =
    [
        "a", "▁a", "▁", "▁▁", " ", "  b ", " c", "é", "Ġd", "Ã", "©", "ðŁ", "ĺ", "Ģ", "<0xC3>", "<0xA9>", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>", "<0x41>", "<0xg1>", "<0x4>", "世界", "ä¸ĸ", "𐐀", "-▁a", "a▁",
    ];

    /// <summary>The count of ids that <see cref="MakeForDecoding"/> gives: two are special.</summary>
    public static int DecodingSize => DecodingTokens.Length + 2;

    public static string Make(string? preTokenizer = null, string? normalizer = null, string? decoder = null, string? added = null) => JsonTokenizers.Make(
        JsonTokenizers.Model(Enumerable.Range(0, 256).ToDictionary(value => SyntheticModels.ByteCharacter((byte)value), value => value), []),
        preTokenizer,
        normalizer,
        decoder,
        added is null ? null : $"[{added}]");

    public static string MakeForDecoding(string decoder) => JsonTokenizers.Make(
        JsonTokenizers.Model(DecodingTokens.Index().ToDictionary(entry => entry.Item, entry => entry.Index), []),
        decoder: decoder,
        addedTokens: $"[{JsonTokenizers.Added(DecodingTokens.Length, "<s>", "special")},{JsonTokenizers.Added(DecodingTokens.Length + 1, "<t> ")}]");

    /// <summary>The pieces that a pre-tokenizer cuts a text without spaces into.</summary>
    public static string[] Pieces(string preTokenizer, string text)
    {
        var tokenizer = JsonTokenizers.Load(Make(preTokenizer: JsonTokenizers.Sequence(preTokenizer, MarkPieces), decoder: """{"type":"ByteLevel"}"""));
        return tokenizer.Decode(tokenizer.Encode(text)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
