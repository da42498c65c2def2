namespace NeedleBench.Onnx.Tests.LanguageModels;

/// <summary>What a layer of a <see cref="TinyDecoder"/> mixes positions with.</summary>
enum TinyLayer
{
    Attention,

    /// <summary>A gated short convolution, as LFM2 has it.</summary>
    Convolution,

    /// <summary>A convolution and a linear recurrence, as Granite-H has it.</summary>
    Recurrence,
}

/// <summary>A family of decoders in miniature: its inputs and outputs, and what is particular to its network.</summary>
sealed record TinyFamily(string ModelType, string Dialect)
{
    public const int Hidden = 16;
    public const int ConvolutionState = 3;
    public const int RecurrenceConvolutionState = 4;
    public const int RecurrenceHeads = 2;
    public const int RecurrenceHeadSize = 4;
    public const int RecurrenceState = 3;

    public const int RecurrenceChannels = (RecurrenceHeads * RecurrenceHeadSize) + (2 * RecurrenceState);

    public IReadOnlyList<TinyLayer> Layers { get; init; } = [TinyLayer.Attention, TinyLayer.Attention];

    public int Heads { get; init; } = 4;

    public int KeyValueHeads { get; init; } = 2;

    /// <summary>Not <see cref="Hidden"/> / <see cref="Heads"/>, as in Qwen3.</summary>
    public int HeadSize { get; init; } = 8;

    public bool HasHeadNorms { get; init; }

    public float EmbeddingScale { get; init; } = 1;

    public float ResidualMultiplier { get; init; } = 1;

    public float LogitsScale { get; init; } = 1;

    public bool HasPositionIds { get; init; }

    public int FirstPosition { get; init; }

    public bool HasLogitsToKeep { get; init; }

    public bool HasUseCacheBranch { get; init; }

    /// <summary>Whether the cache's last dimension has a name in place of a size.</summary>
    public bool HasFreeHeadSize { get; init; }

    public OnnxElementType CacheType { get; init; } = OnnxElementType.Float;

    public OnnxElementType LogitsType { get; init; } = OnnxElementType.Float;

    /// <summary>Added tokens; those that begin with a bar or stand for turns are special.</summary>
    public required IReadOnlyList<string> AddedTokens { get; init; }

    /// <summary>The tokens that end answers, by <c>generation_config.json</c>.</summary>
    public required IReadOnlyList<string> EndTokens { get; init; }

    public static TinyFamily Qwen { get; } = new("qwen3", "hermes")
    {
        HasHeadNorms = true,
        HasPositionIds = true,
        AddedTokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<tool_call>", "</tool_call>", "<think>", "</think>"],
        EndTokens = ["<|im_end|>", "<|endoftext|>"],
    };

    public static TinyFamily Gemma { get; } = new("gemma3_text", "functiongemma")
    {
        KeyValueHeads = 1,
        HasHeadNorms = true,
        EmbeddingScale = 4,
        HasPositionIds = true,
        FirstPosition = 1,
        AddedTokens =
        [
            "<pad>", "<eos>", "<bos>", "<start_of_turn>", "<end_of_turn>", "<start_function_declaration>", "<end_function_declaration>",
            "<start_function_call>", "<end_function_call>", "<start_function_response>", "<escape>",
        ],
        EndTokens = ["<eos>", "<end_of_turn>", "<start_function_response>"],
    };

    public static TinyFamily Granite { get; } = new("granitemoehybrid", "granite")
    {
        EmbeddingScale = 3,
        ResidualMultiplier = 0.4f,
        LogitsScale = 0.5f,
        HasLogitsToKeep = true,
        AddedTokens = ["<|end_of_text|>", "<|start_of_role|>", "<|end_of_role|>", "<tool_call>", "</tool_call>", "<tools>", "</tools>"],
        EndTokens = ["<|end_of_text|>"],
    };

    public static TinyFamily GraniteHybrid { get; } = Granite with { Layers = [TinyLayer.Recurrence, TinyLayer.Attention, TinyLayer.Recurrence] };

    public static TinyFamily Lfm { get; } = new("lfm2", "lfm2")
    {
        Layers = [TinyLayer.Convolution, TinyLayer.Convolution, TinyLayer.Attention, TinyLayer.Convolution],
        HasHeadNorms = true,
        HasLogitsToKeep = true,
        AddedTokens =
        [
            "<|pad|>", "<|startoftext|>", "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|tool_list_start|>", "<|tool_list_end|>",
            "<|tool_call_start|>", "<|tool_call_end|>",
        ],
        EndTokens = ["<|im_end|>"],
    };

    /// <summary>The cache in the order of the layers: names, and the shape before the first token.</summary>
    public IReadOnlyList<(string Past, string Present, long[] Shape)> Caches => [.. Layers.SelectMany(CachesOf)];

    IEnumerable<(string, string, long[])> CachesOf(TinyLayer layer, int n) => layer switch
    {
        TinyLayer.Attention =>
        [
            ($"past_key_values.{n}.key", $"present.{n}.key", [1, KeyValueHeads, 0, HeadSize]),
            ($"past_key_values.{n}.value", $"present.{n}.value", [1, KeyValueHeads, 0, HeadSize]),
        ],
        TinyLayer.Convolution => [($"past_conv.{n}", $"present_conv.{n}", [1, Hidden, ConvolutionState])],
        _ =>
        [
            ($"past_conv.{n}", $"present_conv.{n}", [1, RecurrenceChannels, RecurrenceConvolutionState]),
            ($"past_ssm.{n}", $"present_ssm.{n}", [1, RecurrenceHeads, RecurrenceHeadSize, RecurrenceState]),
        ],
    };
}
