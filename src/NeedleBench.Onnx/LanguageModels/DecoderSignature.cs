using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>
/// Which of a graph's inputs and outputs are what. Names, types and shapes are the graph's own; nothing is derived from the
/// sizes in <c>config.json</c>.
/// </summary>
sealed record DecoderSignature
{
    /// <summary>The prompt's or the step's tokens, Int64 [1, length].</summary>
    public const string InputIds = "input_ids";

    const string ExportMend = "Export the model for text generation with a cache (optimum: --task text-generation-with-past).";

    /// <summary>Ones, Int64 [1, past + length]; null where the graph has none, as for the further names here.</summary>
    public string? AttentionMask { get; private init; }

    /// <summary>Int64 [1, length].</summary>
    public string? PositionIds { get; private init; }

    /// <summary>For how many of the last positions logits are wanted, Int64.</summary>
    public OnnxTensorInfo? LogitsToKeep { get; private init; }

    /// <summary>Whether the cache holds anything, Bool [1].</summary>
    public string? UseCacheBranch { get; private init; }

    /// <summary>Float or Float16 [1, positions, vocabulary].</summary>
    public string Logits { get; private init; } = "logits";

    public required IReadOnlyList<CacheSlot> Caches { get; init; }

    /// <summary>The element types of the cache, each once, for the record.</summary>
    public string CacheTypes => string.Join('+', Caches.Select(c => c.Type).Distinct().Order());

    /// <exception cref="InputException">The graph is not that of a decoder-only model with a cache.</exception>
    public static DecoderSignature Read(OnnxSession session, DecoderConfig config, string file)
    {
        var outputs = session.Outputs.ToDictionary(output => output.Name, StringComparer.Ordinal);
        var caches = new List<CacheSlot>();
        var signature = new DecoderSignature { Caches = caches };
        var hasIds = false;
        foreach (var input in session.Inputs)
        {
            switch (input.Name)
            {
                case InputIds:
                    Require(input, OnnxElementType.Int64, file);
                    hasIds = true;
                    break;
                case "attention_mask":
                    Require(input, OnnxElementType.Int64, file);
                    signature = signature with { AttentionMask = input.Name };
                    break;
                case "position_ids":
                    Require(input, OnnxElementType.Int64, file);
                    signature = input.Shape.Count == 2 ? signature with { PositionIds = input.Name } : throw Unknown(input, file);
                    break;
                case "num_logits_to_keep" or "logits_to_keep":
                    Require(input, OnnxElementType.Int64, file);
                    signature = signature with { LogitsToKeep = input };
                    break;
                case "use_cache_branch":
                    Require(input, OnnxElementType.Bool, file);
                    signature = signature with { UseCacheBranch = input.Name };
                    break;
                default:
                    caches.Add(CacheSlots.Read(input, outputs, config, file) ?? throw Unknown(input, file));
                    break;
            }
        }

        if (!hasIds || caches.Count == 0)
        {
            throw new InputException($"the graph has no {(hasIds ? "cache among its inputs" : $"input '{InputIds}'")}", ExportMend, file);
        }

        return outputs.TryGetValue(signature.Logits, out var logits) && logits.ElementType is OnnxElementType.Float or OnnxElementType.Float16
            ? signature
            : throw new InputException(
                $"the graph has no output '{signature.Logits}' of 32- or 16-bit floats; it has {Few(session.Outputs)}", ExportMend, file);
    }

    static void Require(OnnxTensorInfo input, OnnxElementType type, string file)
    {
        if (input.ElementType != type)
        {
            throw new InputException($"the graph's input {input} should hold {type}", ExportMend, file);
        }
    }

    static InputException Unknown(OnnxTensorInfo input, string file) =>
        new($"the graph has the input {input}, which the decoder-only models known here do not have", ExportMend, file);

    static string Few(IReadOnlyList<OnnxTensorInfo> all) =>
        string.Join(", ", all.Take(4)) + (all.Count > 4 ? $" and {all.Count - 4} more" : "");
}
