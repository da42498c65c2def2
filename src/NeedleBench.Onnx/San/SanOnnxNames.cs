using System.Globalization;

namespace NeedleBench.Onnx.San;

/// <summary>What files, inputs and outputs of an exported SAN are called.</summary>
static class SanOnnxNames
{
    public const string EncoderFile = "encoder.onnx";
    public const string DecoderFile = "decoder_step.onnx";
    public const string RetrievalFile = "retrieval.onnx";

    public const string InputIds = "input_ids";
    public const string EncoderOutput = "encoder_out";
    public const string Embedding = "embedding";
    public const string Logits = "logits";

    /// <summary>Positions that the cache holds after a step, less one.</summary>
    public const string SequenceLength = "seqlens_k";

    /// <summary>Positions that the cache holds after a step.</summary>
    public const string TotalLength = "total_sequence_length";

    public const string PrecisionKey = "needlebench.precision";
    public const string ParametersKey = "needlebench.parameters";

    // The form that Needle's community published.
    public const string CommunityDecoderIds = "decoder_input_ids";
    public const string CommunityPast = "past_self_kv";

    public static string CrossKey(int layer) => Of("cross", layer, "key");

    public static string CrossValue(int layer) => Of("cross", layer, "value");

    public static string PastKey(int layer) => Of("past", layer, "key");

    public static string PastValue(int layer) => Of("past", layer, "value");

    public static string PresentKey(int layer) => Of("present", layer, "key");

    public static string PresentValue(int layer) => Of("present", layer, "value");

    static string Of(string kind, int layer, string part) => string.Create(CultureInfo.InvariantCulture, $"{kind}.{layer}.{part}");
}
