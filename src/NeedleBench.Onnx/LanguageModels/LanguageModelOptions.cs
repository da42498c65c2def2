using NeedleBench.Onnx.Dialects;
using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>What the options of a spec say.</summary>
readonly record struct LanguageModelOptions()
{
    /// <summary>Which of several graphs; null where the spec does not say.</summary>
    public string? Precision { get; init; }

    /// <summary>The prompt dialect; null leaves it to <c>config.json</c>.</summary>
    public string? Dialect { get; init; }

    public string Variant { get; init; } = PromptDialects.Official;

    /// <summary>The most tokens of an answer, where a request does not say.</summary>
    public int MaxTokens { get; init; } = 512;

    public OnnxSessionOptions Session { get; init; } = new()
    {
        IntraOpThreads = Math.Clamp(Environment.ProcessorCount, 1, 4),

        // Shapes grow with each token: a plan of one run is of no use to the next.
        MemoryPattern = false,
    };

    /// <exception cref="InputException">An option is unknown or wrong.</exception>
    public static LanguageModelOptions Read(ModelSpec spec)
    {
        spec.AllowOptions("precision", "dialect", "variant", "max_tokens", "threads", "optimization", "spinning");
        var defaults = new LanguageModelOptions();
        return new LanguageModelOptions
        {
            Precision = spec.Options.GetValueOrDefault("precision"),
            Dialect = spec.Options.GetValueOrDefault("dialect"),
            Variant = spec.GetString("variant", defaults.Variant),
            MaxTokens = spec.GetInt("max_tokens", defaults.MaxTokens, 1, 1 << 20),
            Session = defaults.Session with
            {
                IntraOpThreads = spec.GetInt("threads", defaults.Session.IntraOpThreads, 1, 64),
                Optimization = Optimization(spec, defaults.Session.Optimization),
                Spinning = spec.GetBool("spinning", defaults.Session.Spinning),
            },
        };
    }

    static OnnxGraphOptimization Optimization(ModelSpec spec, OnnxGraphOptimization missing) => spec.GetString("optimization", "") switch
    {
        "" => missing,
        "none" => OnnxGraphOptimization.None,
        "basic" => OnnxGraphOptimization.Basic,
        "extended" => OnnxGraphOptimization.Extended,
        "all" => OnnxGraphOptimization.All,
        var other => throw new InputException($"'{spec.Text}': optimization is '{other}'", "Give none, basic, extended or all."),
    };
}
