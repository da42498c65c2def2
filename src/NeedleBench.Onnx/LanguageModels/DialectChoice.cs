using NeedleBench.Onnx.Dialects;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>Which prompt dialect a model was trained for.</summary>
static class DialectChoice
{
    const string ToolListToken = "<|tool_list_start|>";

    /// <exception cref="InputException">There is no such dialect, or the model's type does not tell which.</exception>
    public static IPromptDialect Of(LanguageModelOptions options, DecoderConfig config, string folder)
    {
        var name = options.Dialect ?? config.ModelType switch
        {
            "gemma3_text" => "functiongemma",
            "qwen3" => "hermes",
            "granitemoehybrid" => "granite",
            "lfm2" => Lfm(config, folder),
            _ => null,
        };
        return name is not null
            ? PromptDialects.Find(name, options.Variant)
            : throw new InputException(
                config.ModelType is null
                    ? "config.json has no model_type to tell the prompt dialect by"
                    : $"the model_type '{config.ModelType}' does not tell which prompt dialect the model was trained for",
                $"Choose one with dialect=…: {string.Join(", ", PromptDialects.All.Select(d => d.Name).Distinct())}.",
                Path.Combine(folder, "config.json"));
    }

    // LFM2 and LFM2.5 share their model_type. Their templates differ in the tokens round the list of tools; without one, names tell.
    static string? Lfm(DecoderConfig config, string folder)
    {
        if (config.ChatTemplate is { } template)
        {
            return template.Contains(ToolListToken, StringComparison.Ordinal) ? "lfm2" : "lfm2.5";
        }

        var names = $"{config.OriginalName} {Path.GetFileName(folder)}";
        return names.Contains("lfm2.5", StringComparison.OrdinalIgnoreCase) || names.Contains("lfm2_5", StringComparison.OrdinalIgnoreCase) ? "lfm2.5"
            : names.Contains("lfm2", StringComparison.OrdinalIgnoreCase) ? "lfm2"
            : null;
    }
}
