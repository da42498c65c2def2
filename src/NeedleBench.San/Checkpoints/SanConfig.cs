using System.Text.Json;

namespace NeedleBench.San.Checkpoints;

/// <summary>
/// The sizes and token ids of a Simple Attention Network: the <c>config.json</c> of its authors. Reading accepts both
/// spellings that are in use (<c>hidden_size</c> or <c>d_model</c>, and so on); writing uses the authors' own.
/// </summary>
public sealed record SanConfig
{
    /// <summary>Width of the residual stream, d.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key/value heads; each serves <c>Heads / KeyValueHeads</c> query heads.</summary>
    public required int KeyValueHeads { get; init; }

    public required int EncoderLayers { get; init; }

    public required int DecoderLayers { get; init; }

    public required int VocabularySize { get; init; }

    /// <summary>Width of the retrieval head's hidden layer; null for its authors' d/4.</summary>
    public int? RetrievalHiddenSize { get; init; }

    /// <summary>The base of the rotary position embedding.</summary>
    public double RopeTheta { get; init; } = 10000;

    /// <summary>What is added to the mean square inside every norm.</summary>
    public float NormEpsilon { get; init; } = 1e-6f;

    public int PadId { get; init; }

    public int EosId { get; init; } = 1;

    public int BosId { get; init; } = 2;

    public int UnknownId { get; init; } = 3;

    /// <summary>The token the decoder is started with.</summary>
    public int DecoderStartId { get; init; } = 1;

    /// <summary>Size of one head; query, key and value heads share it.</summary>
    public int HeadSize => HiddenSize / Heads;

    /// <summary>Width of all key (or value) heads together.</summary>
    public int KeyValueSize => KeyValueHeads * HeadSize;

    /// <summary>Reads a <c>config.json</c>.</summary>
    /// <exception cref="InputException">The file cannot be read, or what stands in it is no config of such a network.</exception>
    public static SanConfig Read(string path) => Parse(CheckpointFiles.ReadSmall(path, MaxFileBytes), path);

    /// <summary>Reads the UTF-8 text of a <c>config.json</c>.</summary>
    /// <param name="json">The text; a byte order mark is allowed.</param>
    /// <param name="file">What error messages call it.</param>
    /// <exception cref="InputException">It is not JSON, a key is missing, or a value is impossible; the message names the key.</exception>
    public static SanConfig Parse(ReadOnlySpan<byte> json, string file) =>
        SanConfigReader.Read(SanConfigReader.ValuesOf(json, file), file);

    /// <summary>Checks that the sizes are possible and fit each other, and that the ids lie in the vocabulary.</summary>
    /// <param name="file">The file it came from, for the message.</param>
    /// <exception cref="InputException">Something does not fit; the message names the key as <c>config.json</c> spells it.</exception>
    public void Validate(string? file = null) => SanConfigReader.Validate(this, file);

    /// <summary>Writes a <c>config.json</c> in the spelling and layout of the authors.</summary>
    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentSize = 1, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteStartArray("architectures");
        json.WriteStringValue("NeedleForCausalLM");
        json.WriteEndArray();
        json.WriteString("model_type", "needle");
        json.WriteBoolean("is_encoder_decoder", true);
        json.WriteNumber("vocab_size", VocabularySize);
        json.WriteNumber("hidden_size", HiddenSize);
        json.WriteNumber("num_attention_heads", Heads);
        json.WriteNumber("num_key_value_heads", KeyValueHeads);
        json.WriteNumber("num_encoder_layers", EncoderLayers);
        json.WriteNumber("num_decoder_layers", DecoderLayers);
        if (RetrievalHiddenSize is { } retrieval)
        {
            json.WriteNumber("retrieval_hidden_size", retrieval);
        }

        WriteFloat(json, "rope_theta", CheckpointText.Of(RopeTheta));
        WriteFloat(json, "rms_norm_eps", CheckpointText.Of(NormEpsilon));
        json.WriteBoolean("tie_word_embeddings", true);
        json.WriteNumber("pad_token_id", PadId);
        json.WriteNumber("eos_token_id", EosId);
        json.WriteNumber("bos_token_id", BosId);
        json.WriteNumber("unk_token_id", UnknownId);
        json.WriteNumber("decoder_start_token_id", DecoderStartId);
        json.WriteEndObject();
    }

    const long MaxFileBytes = 1 << 20;

    // A float that happens to be whole keeps its ".0": Python readers take the type from the spelling.
    static void WriteFloat(Utf8JsonWriter json, string key, string value)
    {
        json.WritePropertyName(key);
        json.WriteRawValue(value.AsSpan().IndexOfAny('.', 'e') < 0 ? value + ".0" : value);
    }
}
