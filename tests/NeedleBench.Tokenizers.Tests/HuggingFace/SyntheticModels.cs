using System.Text;
using System.Text.Json.Nodes;

namespace NeedleBench.Tokenizers.Tests.HuggingFace;

/// <summary>Small models learnt from a few texts, for families whose vocabulary is not at hand.</summary>
static class SyntheticModels
{
    const string Corpus =
        "the weather in Zürich is naïve and the café near the station opens at seven; set an alarm for tomorrow, turn the lights off in the kitchen. "
        + "Привет мир, как дела? 你好世界 こんにちは世界 안녕하세요 hello hello world tokenizer tokens tokenization don't we'll 12 123 2024 10000 "
        + "{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Zürich\"}} for (int i = 0; i < n; ++i) return sum;   \n\n\t";

    /// <summary>Like Gemma's: spaces become U+2581 by the normaliser, no pre-tokenizer to speak of, unknown characters fall to bytes.</summary>
    public static string Gemma()
    {
        string[] added = ["<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>", "\n\n", "▁▁", "▁▁▁"];
        var vocabulary = added.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        for (var value = 0; value < 256; value++)
        {
            vocabulary.Add($"<0x{value:X2}>", vocabulary.Count);
        }

        var merges = Learn([Corpus.Replace(' ', '▁')], 150, vocabulary);
        var model = JsonTokenizers.Model(vocabulary, []);
        model["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)new JsonArray(merge.Left, merge.Right))]);
        model["byte_fallback"] = true;
        model["fuse_unk"] = true;
        model["unk_token"] = "<unk>";
        return JsonTokenizers.Make(
            model,
            JsonTokenizers.Split(" ", "MergedWithPrevious", kind: "String"),
            """{"type":"Replace","pattern":{"String":" "},"content":"▁"}""",
            """{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"}]}""",
            $"[{string.Join(',', added.Index().Select(entry => JsonTokenizers.Added(entry.Index, entry.Item, entry.Index < 6 ? ["special"] : [])))}]",
            """
            {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<bos>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
             "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],"special_tokens":{"<bos>":{"id":"<bos>","ids":[2],"tokens":["<bos>"]}}}
            """);
    }

    /// <summary>Like LFM2's: byte-level, Llama 3's pattern, <c>ignore_merges</c>, whole words that no merge makes, a token that begins the text.</summary>
    public static string Lfm2()
    {
        var vocabulary = Enumerable.Range(0, 256).ToDictionary(value => ByteCharacter((byte)value), value => value);
        var merges = Learn(Words(Corpus), 200, vocabulary);
        foreach (var word in (string[])["tomorrow", " kitchen", "Привет", "你好世界", "zzz"])
        {
            vocabulary.TryAdd(InBytes(word), vocabulary.Count);
        }

        var (begin, end, call) = (vocabulary.Count, vocabulary.Count + 1, vocabulary.Count + 2);
        var model = JsonTokenizers.Model(vocabulary, merges.Select(merge => $"{merge.Left} {merge.Right}"));
        model["ignore_merges"] = true;
        return JsonTokenizers.Make(
            model,
            JsonTokenizers.Sequence(JsonTokenizers.Split(JsonTokenizers.Cl100kPattern), JsonTokenizers.ByteLevel),
            null,
            """{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}""",
            $"[{JsonTokenizers.Added(begin, "<|startoftext|>", "special")},{JsonTokenizers.Added(end, "<|im_end|>", "special")},{JsonTokenizers.Added(call, "<tool_call>")}]",
            $$$"""
            {"type":"Sequence","processors":[{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":false,"use_regex":true},
             {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<|startoftext|>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
              "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],
              "special_tokens":{"<|startoftext|>":{"id":"<|startoftext|>","ids":[{{{begin}}}],"tokens":["<|startoftext|>"]} } }]}
            """);
    }

    /// <summary>A text in GPT-2's alphabet of bytes.</summary>
    public static string InBytes(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(ByteCharacter));

    /// <summary>The rule as its authors word it: printable Latin-1 stands for itself, the rest is numbered from U+0100.</summary>
    public static string ByteCharacter(byte value)
    {
        static bool Prints(int b) => b is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255);
        return ((char)(Prints(value) ? value : 256 + Enumerable.Range(0, value).Count(b => !Prints(b)))).ToString();
    }

    static string[] Words(string text) => [.. text.Split(' ').Select((word, i) => InBytes(i == 0 ? word : " " + word))];

    /// <summary>Textbook training: the most frequent pair becomes a token, again and again.</summary>
    static List<(string Left, string Right)> Learn(string[] words, int count, Dictionary<string, int> vocabulary)
    {
        var symbols = words.Select(word => word.EnumerateRunes().Select(rune => rune.ToString()).ToList()).ToArray();
        foreach (var symbol in symbols.SelectMany(word => word).Distinct().Where(symbol => symbol is not ("'" or "7")))
        {
            vocabulary.TryAdd(symbol, vocabulary.Count);
        }

        var merges = new List<(string Left, string Right)>();
        while (merges.Count < count)
        {
            var best = symbols.SelectMany(word => word.Zip(word.Skip(1)))
                .Where(pair => vocabulary.ContainsKey(pair.First) && vocabulary.ContainsKey(pair.Second) && (pair.First + pair.Second).Length <= 12)
                .CountBy(pair => pair).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.First + " " + pair.Key.Second, StringComparer.Ordinal).First().Key;
            merges.Add(best);
            vocabulary.TryAdd(best.First + best.Second, vocabulary.Count);
            foreach (var word in symbols)
            {
                for (var i = 0; i + 1 < word.Count; i++)
                {
                    if (word[i] == best.First && word[i + 1] == best.Second)
                    {
                        word[i] += word[i + 1];
                        word.RemoveAt(i + 1);
                    }
                }
            }
        }

        return merges;
    }
}
