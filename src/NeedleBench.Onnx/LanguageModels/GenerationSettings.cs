using System.Globalization;
using NeedleBench.Onnx.Dialects;
using NeedleBench.Tokenizers;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>What decides, besides the weights, how a model is asked and where its answers end.</summary>
/// <param name="Dialect">Renders prompts and reads answers.</param>
/// <param name="TokenizerHash">Over the tokenizer's files.</param>
/// <param name="Config">The model's own settings.</param>
/// <param name="CacheTypes">The element types of the cache.</param>
sealed record GenerationSettings(IPromptDialect Dialect, string TokenizerHash, DecoderConfig Config, string CacheTypes)
{
    /// <summary>The most tokens of an answer, where a request does not say.</summary>
    public required int MaxTokens { get; init; }

    /// <param name="maxTokens">The request's limit, where it has one.</param>
    public string Fingerprint(int? maxTokens = null) => DialectFingerprint.Compute(Dialect, TokenizerHash, new Dictionary<string, string>
    {
        ["decoding"] = "greedy",
        ["max_tokens"] = Text(maxTokens ?? MaxTokens),
        ["context"] = Config.ContextLength is { } context ? Text(context) : "",
        ["stop_ids"] = string.Join(',', Config.StopIds.Order().Select(Text)),
        ["first_position"] = Text(Config.FirstPosition),
        ["cache"] = CacheTypes,
    });

    /// <summary>Splits the dialect's stops into those that are one token of the model, with the model's own, and those that are text.</summary>
    public (HashSet<int> Ids, List<string> Texts) Stops(IReadOnlyList<string> stops, HuggingFaceTokenizer tokenizer)
    {
        var ids = new HashSet<int>(Config.StopIds);
        var texts = new List<string>();
        foreach (var stop in stops)
        {
            if (tokenizer.IdOf(stop) is { } id && tokenizer.Encode(stop, addSpecialTokens: false) is [var only] && only == id)
            {
                ids.Add(id);
            }
            else
            {
                texts.Add(stop);
            }
        }

        return (ids, texts);
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
