using System.Globalization;
using System.Text.Json.Nodes;

namespace NeedleBench.Onnx.Tests.LanguageModels;

/// <summary>A byte-level BPE of a few merges, with a family's added tokens, as a <c>tokenizer.json</c>.</summary>
static class TinyTokenizer
{
    static readonly (string Left, string Right)[] Merges = [("t", "h"), ("th", "e"), ("o", "n"), ("e", "r"), ("i", "n"), ("u", "n")];

    /// <summary>Ids up to and with the last added token.</summary>
    public static int Size(TinyFamily family) => 256 + Merges.Length + family.AddedTokens.Count;

    public static string Json(TinyFamily family)
    {
        var vocabulary = new JsonObject();
        foreach (var token in Enumerable.Range(0, 256).Select(Letter).Concat(Merges.Select(m => m.Left + m.Right)))
        {
            vocabulary[token] = vocabulary.Count;
        }

        var first = vocabulary.Count;
        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray([.. family.AddedTokens.Select((token, i) => (JsonNode)new JsonObject
            {
                ["id"] = first + i,
                ["content"] = token,
                ["single_word"] = false,
                ["lstrip"] = false,
                ["rstrip"] = false,
                ["normalized"] = false,

                // Qwen's and Granite's own markers are not.
                ["special"] = !token.Contains("tool_call>", StringComparison.Ordinal) && !token.Contains("think>", StringComparison.Ordinal),
            })]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = JsonNode.Parse("""{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}"""),
            ["post_processor"] = null,
            ["decoder"] = JsonNode.Parse("""{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}"""),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. Merges.Select(m => (JsonNode)$"{m.Left} {m.Right}")]),
            },
        }.ToJsonString();
    }

    // GPT-2's table: printable bytes stand for themselves, the others for the letters from 256 on.
    static string Letter(int value)
    {
        var others = Enumerable.Range(0, 256).Where(b => !IsPrintable(b)).ToList();
        return ((char)(IsPrintable(value) ? value : 256 + others.IndexOf(value))).ToString(CultureInfo.InvariantCulture);
    }

    static bool IsPrintable(int value) => value is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255);
}
