using System.Security.Cryptography;
using System.Text;
using NeedleBench.Onnx.Dialects;
using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>
/// Opens decoder-only language models in the folders that onnx-community and optimum publish: <c>onnx/model*.onnx</c>, or
/// <c>model*.onnx</c> in the folder itself, with external data beside it, <c>config.json</c>, <c>generation_config.json</c>,
/// <c>tokenizer.json</c> and <c>tokenizer_config.json</c>.
/// </summary>
public static class OnnxLanguageModel
{
    /// <summary>The options of a spec, for a line of help.</summary>
    public const string OptionsSummary =
        "precision=fp32|fp16|q4|q4f16|int8|…, dialect=NAME, variant=official|bfcl, max_tokens=N, threads=N, "
        + "optimization=none|basic|extended|all, spinning=true|false";

    // Raised when prompts, decoding or the use of the graph change in a way that can change an answer.
    const string Form = "onnx-lm-1";

    /// <summary>Whether a folder holds a graph that is named as those of decoder-only models are.</summary>
    public static bool CanOpen(string folder) => DecoderFiles.Graphs(folder).Count > 0;

    /// <summary>Opens a folder. The graph has run once when this returns, so that what does not fit is said here.</summary>
    /// <param name="folder">The folder with <c>config.json</c>.</param>
    /// <param name="spec">The spec that names the folder; its options are those of <see cref="OptionsSummary"/>.</param>
    /// <exception cref="InputException">
    /// An option is unknown or wrong; a file is missing, broken or cut off; the graph is not that of a decoder-only model with a
    /// cache; graph and tokenizer do not belong together; or ONNX Runtime's library is missing.
    /// </exception>
    public static IToolCallingModel Open(string folder, ModelSpec spec)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(spec);
        var options = LanguageModelOptions.Read(spec);
        var files = DecoderFiles.Find(folder, options.Precision);
        var config = DecoderConfig.Read(folder);
        var dialect = DialectChoice.Of(options, config, files.Folder);
        var tokenizer = files.LoadTokenizer();
        var weights = GraphWeights.Read(files.Graph);
        var session = OnnxSession.Open(files.Graph, options.Session);
        DecoderSession? decoder = null;
        try
        {
            var signature = DecoderSignature.Read(session, config, files.Graph);
            decoder = new DecoderSession(session, signature, config.FirstPosition);
            VocabularyCheck.Check(tokenizer, config, VocabularyCheck.Probe(decoder, files.Graph), files.Graph);
            var generation = new GenerationSettings(dialect, files.HashTokenizer(), config, signature.CacheTypes) { MaxTokens = options.MaxTokens };
            var precision = files.Precision ?? weights.Precision;
            var all = $"{Form}|{weights.Hash()}|{precision}|{options.Session.Optimization}|{generation.Fingerprint()}";
            var info = new ModelInfo(NameOf(files.Folder, options, dialect), spec.Text, precision, Hash(all))
            {
                Parameters = weights.Parameters,
                WeightBytes = weights.Bytes,
                ContextLength = config.ContextLength,
            };
            return new DecoderModel(decoder, tokenizer, generation, info);
        }
        catch
        {
            decoder?.Dispose();
            session.Dispose();
            throw;
        }
    }

    // Tables show names: what answers otherwise must not share one.
    static string NameOf(string folder, LanguageModelOptions options, IPromptDialect dialect) =>
        Path.GetFileName(folder)
        + (options.Dialect is null ? "" : $", dialect={dialect.Name}")
        + (dialect.Variant == PromptDialects.Official ? "" : $", variant={dialect.Variant}");

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
