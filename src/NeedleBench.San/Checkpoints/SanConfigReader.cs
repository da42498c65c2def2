using System.Text.Json;
using System.Text.Unicode;

namespace NeedleBench.San.Checkpoints;

/// <summary>
/// From keys and values to a <see cref="SanConfig"/>, whether they came out of JSON or out of a pickle. A value is a
/// <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/> or null; anything else is kept as an object
/// that no known key accepts.
/// </summary>
static class SanConfigReader
{
    const int MaxHiddenSize = 16384;
    const int MaxHeads = 1024;
    const int MaxLayers = 256;
    const int MaxVocabulary = 1 << 20;
    const string Mend = "Give the config.json that belongs to the checkpoint.";

    public static Dictionary<string, object?> ValuesOf(ReadOnlySpan<byte> json, string file)
    {
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        if (!Utf8.IsValid(json))
        {
            throw new InputException("the file is not JSON: it is not UTF-8", Mend, file);
        }

        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InputException("the file holds no JSON object", Mend, file);
            }

            return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => ValueOf(p.Value), StringComparer.Ordinal);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InputException($"the file is not JSON: {error.Message.TrimEnd('.')}", Mend, file, inner: error);
        }
    }

    public static SanConfig Read(IReadOnlyDictionary<string, object?> values, string file)
    {
        RefuseUnsupported(values, file);
        var config = new SanConfig
        {
            HiddenSize = Size(values, MaxHiddenSize, file, "hidden_size", "d_model"),
            Heads = Size(values, MaxHeads, file, "num_attention_heads", "num_heads"),
            KeyValueHeads = Size(values, MaxHeads, file, "num_key_value_heads", "num_kv_heads"),
            EncoderLayers = Size(values, MaxLayers, file, "num_encoder_layers"),
            DecoderLayers = Size(values, MaxLayers, file, "num_decoder_layers"),
            VocabularySize = Size(values, MaxVocabulary, file, "vocab_size"),
            RetrievalHiddenSize = values.GetValueOrDefault("retrieval_hidden_size") is null ? null : Size(values, MaxHiddenSize, file, "retrieval_hidden_size"),
            RopeTheta = Number(values, "rope_theta", 10000, file),
            NormEpsilon = (float)Number(values, "rms_norm_eps", 1e-6, file),
            PadId = Id(values, "pad_token_id", 0, file),
            EosId = Id(values, "eos_token_id", 1, file),
            BosId = Id(values, "bos_token_id", 2, file),
            UnknownId = Id(values, "unk_token_id", 3, file),
            DecoderStartId = Id(values, "decoder_start_token_id", 1, file),
        };
        Validate(config, file);
        if (values.GetValueOrDefault("head_dim") is { } size && !(size is long given && given == config.HeadSize))
        {
            throw Bad(
                $"'head_dim' is {Show(size)}, but 'hidden_size' / 'num_attention_heads' is {config.HeadSize}; other head sizes are not supported",
                file);
        }

        return config;
    }

    public static void Validate(SanConfig config, string? file)
    {
        InRange("hidden_size", config.HiddenSize, 1, MaxHiddenSize, file);
        InRange("num_attention_heads", config.Heads, 1, MaxHeads, file);
        InRange("num_key_value_heads", config.KeyValueHeads, 1, MaxHeads, file);
        InRange("num_encoder_layers", config.EncoderLayers, 1, MaxLayers, file);
        InRange("num_decoder_layers", config.DecoderLayers, 1, MaxLayers, file);
        InRange("retrieval_hidden_size", config.RetrievalHiddenSize ?? 1, 1, MaxHiddenSize, file);
        InRange("vocab_size", config.VocabularySize, 1, MaxVocabulary, file);
        if (config.HiddenSize % config.Heads != 0)
        {
            throw Bad($"'num_attention_heads' {config.Heads} does not divide 'hidden_size' {config.HiddenSize}", file);
        }

        if (config.Heads % config.KeyValueHeads != 0)
        {
            throw Bad($"'num_key_value_heads' {config.KeyValueHeads} does not divide 'num_attention_heads' {config.Heads}", file);
        }

        if (config.HeadSize % 2 != 0)
        {
            throw Bad($"'hidden_size' / 'num_attention_heads' is {config.HeadSize}; rotary positions need an even head size", file);
        }

        if ((long)config.VocabularySize * config.HiddenSize > Array.MaxLength)
        {
            throw Bad($"'vocab_size' {config.VocabularySize} × 'hidden_size' {config.HiddenSize} is more than one array holds", file);
        }

        Positive("rope_theta", config.RopeTheta, file);
        Positive("rms_norm_eps", config.NormEpsilon, file);
        InRange("pad_token_id", config.PadId, 0, config.VocabularySize - 1, file);
        InRange("eos_token_id", config.EosId, 0, config.VocabularySize - 1, file);
        InRange("bos_token_id", config.BosId, 0, config.VocabularySize - 1, file);
        InRange("unk_token_id", config.UnknownId, 0, config.VocabularySize - 1, file);
        InRange("decoder_start_token_id", config.DecoderStartId, 0, config.VocabularySize - 1, file);
    }

    // What a config may ask for and we would compute wrongly in silence.
    static void RefuseUnsupported(IReadOnlyDictionary<string, object?> values, string file)
    {
        if (values.GetValueOrDefault("model_type") is { } type && !(type is string name && name == "needle"))
        {
            throw Bad($"'model_type' is {Show(type)}, not \"needle\"", file);
        }

        if (values.GetValueOrDefault("tie_word_embeddings") is { } tied && tied is not true)
        {
            throw Bad($"'tie_word_embeddings' is {Show(tied)}; only tied embeddings (true) are supported", file);
        }

        if (values.GetValueOrDefault("no_feedforward") is { } without && without is not true)
        {
            throw Bad($"'no_feedforward' is {Show(without)}; a network with feed-forward layers is not supported", file);
        }

        if (values.GetValueOrDefault("rope_scaling") is { } scaling)
        {
            throw Bad($"'rope_scaling' is {Show(scaling)}; scaled rotary positions are not supported", file);
        }
    }

    static int Size(IReadOnlyDictionary<string, object?> values, int max, string file, string key, string? other = null)
    {
        var value = values.GetValueOrDefault(key);
        if (other is not null && values.GetValueOrDefault(other) is { } second)
        {
            if (value is not null && !value.Equals(second))
            {
                throw Bad($"'{key}' is {Show(value)} and '{other}' is {Show(second)}: two spellings of one key must agree", file);
            }

            (key, value) = value is null ? (other, second) : (key, value);
        }

        if (value is null)
        {
            throw Bad(other is null ? $"the key '{key}' is missing" : $"the key '{key}' (or '{other}') is missing", file);
        }

        return value is long size && size >= 1 && size <= max
            ? (int)size
            : throw Bad($"'{key}' is {Show(value)}, no whole number from 1 to {max}", file);
    }

    static int Id(IReadOnlyDictionary<string, object?> values, string key, int fallback, string file) =>
        values.GetValueOrDefault(key) switch
        {
            null => fallback,
            long id when id is >= 0 and < MaxVocabulary => (int)id,
            var other => throw Bad($"'{key}' is {Show(other)}, no token id in the vocabulary", file),
        };

    static double Number(IReadOnlyDictionary<string, object?> values, string key, double fallback, string file) =>
        values.GetValueOrDefault(key) switch
        {
            null => fallback,
            long whole => whole,
            double number => number,
            var other => throw Bad($"'{key}' is {Show(other)}, no number", file),
        };

    static void InRange(string key, int value, int min, int max, string? file)
    {
        if (value < min || value > max)
        {
            throw Bad($"'{key}' is {Show((long)value)}, no whole number from {min} to {max}", file);
        }
    }

    static void Positive(string key, double value, string? file)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw Bad($"'{key}' is {CheckpointText.Of(value)}; it must be positive and finite", file);
        }
    }

    static object? ValueOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble(),
        _ => element.Clone(),
    };

    static string Show(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => $"\"{CheckpointText.Short(text)}\"",
        double number => CheckpointText.Of(number),
        long whole => FormattableString.Invariant($"{whole}"),
        JsonElement json => CheckpointText.Short(json.GetRawText()),
        _ => "of another kind",
    };

    static InputException Bad(string problem, string? file) => new(problem, Mend, file);
}
