using System.Text.Json;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>What <c>config.json</c>, <c>generation_config.json</c> and the chat template say that the graph does not.</summary>
sealed record DecoderConfig
{
    const string ConfigName = "config.json";
    const string GenerationName = "generation_config.json";
    const string TokenizerConfigName = "tokenizer_config.json";
    const string TemplateName = "chat_template.jinja";
    const string Mend = "Give the folder the file that the model came with.";

    static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Such as <c>qwen3</c>; null where the file does not say.</summary>
    public string? ModelType { get; private init; }

    /// <summary>The model's name as its makers have it; null where the file does not say.</summary>
    public string? OriginalName { get; private init; }

    /// <summary>Tokens that end an answer.</summary>
    public IReadOnlyList<int> StopIds { get; private init; } = [];

    /// <summary>The most tokens of prompt and answer together; null where the file does not say.</summary>
    public int? ContextLength { get; private init; }

    /// <summary>Columns of a head, where the file says so outright: never computed, for several families have other heads than that.</summary>
    public int? HeadSize { get; private init; }

    public int? KeyValueHeads { get; private init; }

    /// <summary>The chat template's text; null where there is none.</summary>
    public string? ChatTemplate { get; private init; }

    /// <summary>The first token's position: 1 where the exporters' own runtime (transformers.js) counts so, else 0.</summary>
    public int FirstPosition => ModelType is "gemma3_text" or "gemma3" or "paligemma" ? 1 : 0;

    /// <exception cref="InputException"><c>config.json</c> is missing, or a file is not JSON or holds something unreadable.</exception>
    public static DecoderConfig Read(string folder)
    {
        var file = Path.Combine(folder, ConfigName);
        var config = ReadObject(file) ?? throw new InputException("the folder has no config.json", Mend, file);
        var generationFile = Path.Combine(folder, GenerationName);
        var generation = ReadObject(generationFile);
        return new DecoderConfig
        {
            ModelType = Text(config, "model_type"),
            OriginalName = Text(config, "_name_or_path"),
            StopIds = generation is { } given && given.TryGetProperty("eos_token_id", out _) ? StopIdsOf(given, generationFile) : StopIdsOf(config, file),
            ContextLength = Size(config, "max_position_embeddings", file),
            HeadSize = Size(config, "head_dim", file),
            KeyValueHeads = Size(config, "num_key_value_heads", file),
            ChatTemplate = TemplateOf(folder),
        };
    }

    static string? TemplateOf(string folder)
    {
        var file = Path.Combine(folder, TemplateName);
        try
        {
            return File.Exists(file) ? File.ReadAllText(file)
                : ReadObject(Path.Combine(folder, TokenizerConfigName)) is { } config ? Text(config, "chat_template")
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, e);
        }
    }

    /// <summary>One id or a list of them, as both occur.</summary>
    static int[] StopIdsOf(JsonElement root, string file)
    {
        if (!root.TryGetProperty("eos_token_id", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Id).Distinct()] : [Id(value)];

        int Id(JsonElement id) => id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var number) && number >= 0
            ? number
            : throw new InputException($"'eos_token_id' is {value.GetRawText()}, no token id and no list of them", Mend, file);
    }

    static int? Size(JsonElement root, string name, string file) =>
        !root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var size) && size > 0 ? size
        : throw new InputException($"'{name}' is {value.GetRawText()}, no positive whole number", Mend, file);

    static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static JsonElement? ReadObject(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new InputException("the file holds no JSON object", Mend, file);
        }
        catch (JsonException e)
        {
            throw new InputException($"the file is not JSON ({e.Message.TrimEnd('.')})", Mend, file, (int?)e.LineNumber + 1, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, e);
        }
    }

    static InputException Unreadable(string file, Exception e) =>
        new($"the file cannot be read ({e.Message.TrimEnd('.')})", "Check the file's permissions.", file, inner: e);
}
