using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Onnx.Dialects;
using NeedleBench.Onnx.LanguageModels;
using NeedleBench.Tokenizers;

namespace NeedleBench.Onnx.Tests.LanguageModels;

/// <summary>A folder as onnx-community publishes them, gone when the test is.</summary>
sealed class TinyFolder : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly TinyFamily _family;

    /// <param name="family">Whose files; those of the tokenizer are there at once, graphs when they are written.</param>
    public TinyFolder(TinyFamily family)
    {
        _family = family;
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "onnx"));
        File.WriteAllText(InFolder("tokenizer.json"), TinyTokenizer.Json(family));
        Tokenizer = HuggingFaceTokenizer.Load(Path);
        Write("tokenizer_config.json", new { tokenizer_class = "Tiny", chat_template = family.Dialect == "lfm2" ? "… <|tool_list_start|> …" : "…" });
        WriteConfig(4096);
        Write("generation_config.json", new { eos_token_id = family.EndTokens.Select(Id) });
    }

    public string Path => _folder.Path;

    public HuggingFaceTokenizer Tokenizer { get; }

    /// <summary>A tool, and a request for it.</summary>
    public static ToolCallRequest Request { get; } = new(
        "Tell me the weather in Köln on Sunday.",
        [new ToolDefinition("get_weather", "Tells the weather.", JsonElement.Parse(
            """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city"]}"""))]);

    public int Id(string token) => Tokenizer.IdOf(token) ?? throw new ArgumentException($"'{token}' is no token.", nameof(token));

    public string InFolder(string name) => _folder.File(name);

    public void Write(string name, object content) => File.WriteAllText(InFolder(name), JsonSerializer.Serialize(content));

    /// <summary>With sizes that are not the graph's, where a reader has no business with them.</summary>
    public void WriteConfig(int context, string? modelType = null) => File.WriteAllText(InFolder("config.json"), new JsonObject
    {
        ["model_type"] = modelType ?? _family.ModelType,
        ["hidden_size"] = 999,
        ["num_attention_heads"] = 7,
        ["num_hidden_layers"] = 99,
        ["head_dim"] = _family.HasFreeHeadSize ? _family.HeadSize : 55,
        ["max_position_embeddings"] = context,
    }.ToJsonString());

    /// <summary>Writes a graph of random weights.</summary>
    public string WriteGraph(string name = "model.onnx", string? externalData = null, int seed = 1, int? logits = null)
    {
        var file = System.IO.Path.Combine(Path, "onnx", name);
        TinyDecoder.Build(_family, logits ?? TinyTokenizer.Size(_family), seed: seed).Save(file, externalData, externalFrom: 256);
        return file;
    }

    /// <summary>Writes a graph that answers <see cref="Request"/> with a text, cut into tokens, and an end token where one is given.</summary>
    public void WriteScript(string answer, string? end, string? dialect = null, ToolCallRequest? request = null)
    {
        var script = new Dictionary<int, int>();
        var position = _family.FirstPosition + Prompt(dialect, request).Length - 1;
        foreach (var id in Tokenizer.Encode(answer, addSpecialTokens: false))
        {
            script[position++] = id;
        }

        if (end is not null)
        {
            script[position] = Id(end);
        }

        TinyDecoder.Build(_family, TinyTokenizer.Size(_family), script).Save(System.IO.Path.Combine(Path, "onnx", "model.onnx"));
    }

    public int[] Prompt(string? dialect = null, ToolCallRequest? request = null)
    {
        var prompt = PromptDialects.Find(dialect ?? _family.Dialect).Render(request ?? Request);
        return Tokenizer.Encode(prompt.Text, prompt.AddStartToken);
    }

    public IToolCallingModel Open(string options = "threads=1") =>
        OnnxLanguageModel.Open(Path, ModelSpec.Parse($"onnx:tiny{(options.Length > 0 ? "?" : "")}{options}"));

    public void Dispose() => _folder.Dispose();
}
