using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeedleBench.Tokenizers.Tests.HuggingFace;

/// <summary>Makes the text of <c>tokenizer.json</c> files.</summary>
static class JsonTokenizers
{
    public const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public const string Cl100kPattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public static string Qwen2Pattern => Cl100kPattern.Replace("{1,3}", "", StringComparison.Ordinal);

    public const string ByteLevel = """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":false,"use_regex":false}""";

    /// <summary>A whole file; parts left out are <c>null</c>.</summary>
    public static string Make(JsonNode model, string? preTokenizer = null, string? normalizer = null, string? decoder = null, string? addedTokens = null, string? postProcessor = null)
    {
        static JsonNode? Node(string? json) => json is null ? null : JsonNode.Parse(json);
        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = Node(addedTokens) ?? new JsonArray(),
            ["normalizer"] = Node(normalizer),
            ["pre_tokenizer"] = Node(preTokenizer),
            ["post_processor"] = Node(postProcessor),
            ["decoder"] = Node(decoder),
            ["model"] = model,
        }.ToJsonString();
    }

    public static JsonObject Model(IReadOnlyDictionary<string, int> vocabulary, IEnumerable<string> merges) => new()
    {
        ["type"] = "BPE",
        ["dropout"] = null,
        ["unk_token"] = null,
        ["continuing_subword_prefix"] = null,
        ["end_of_word_suffix"] = null,
        ["fuse_unk"] = false,
        ["byte_fallback"] = false,
        ["ignore_merges"] = false,
        ["vocab"] = new JsonObject(vocabulary.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
        ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)merge)]),
    };

    public static string Split(string pattern, string behavior = "Isolated", bool invert = false, string kind = "Regex") =>
        $$"""{"type":"Split","pattern":{"{{kind}}":{{JsonSerializer.Serialize(pattern)}}},"behavior":"{{behavior}}","invert":{{(invert ? "true" : "false")}}}""";

    public static string Sequence(params string[] steps) => $$"""{"type":"Sequence","pretokenizers":[{{string.Join(',', steps)}}]}""";

    /// <summary>An entry of <c>added_tokens</c>; <paramref name="more"/> names flags that are true.</summary>
    public static string Added(int id, string content, params string[] more) =>
        $$"""{"id":{{id}},"content":{{JsonSerializer.Serialize(content)}},{{string.Join(',', ((string[])["single_word", "lstrip", "rstrip", "normalized", "special"]).Select(flag => $"\"{flag}\":{(more.Contains(flag) ? "true" : "false")}"))}}}""";

    /// <summary>A shared vocabulary of three files as the one file that its model came with.</summary>
    public static string FromShared(string folder, string? config, string pattern, string? normalizer)
    {
        var vocabulary = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(RepositoryFiles.InShared($"{folder}/vocab.json")))!;
        var merges = File.ReadLines(RepositoryFiles.InShared($"{folder}/merges.txt")).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal));
        var added = config is null
            ? []
            : JsonNode.Parse(File.ReadAllText(RepositoryFiles.InShared($"{folder}/{config}")))!["added_tokens_decoder"]!.AsObject()
                .Select(entry =>
                {
                    var token = entry.Value!.DeepClone();
                    token["id"] = int.Parse(entry.Key, System.Globalization.CultureInfo.InvariantCulture);
                    return token.ToJsonString();
                });
        return Make(
            Model(vocabulary, merges),
            Sequence(Split(pattern), ByteLevel),
            normalizer,
            """{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}""",
            $"[{string.Join(',', added)}]");
    }

    public static HuggingFaceTokenizer Load(string json)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("tokenizer.json"), json);
        return HuggingFaceTokenizer.Load(folder.Path);
    }
}
