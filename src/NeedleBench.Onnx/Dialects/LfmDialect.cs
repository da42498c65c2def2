using NeedleBench.Onnx.Dialects.Parsing;
using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects;

/// <summary>
/// LFM2 and LFM2.5, as Liquid's chat templates have them; LFM2.5 has no tokens round its list of tools. Tools go in as plain
/// <c>{"name", "description", "parameters"}</c>, as on the model cards.
/// </summary>
/// <param name="name">The dialect's name.</param>
/// <param name="hasToolListTokens">Whether the list of tools stands between its two tokens.</param>
public sealed class LfmDialect(string name, bool hasToolListTokens) : IPromptDialect
{
    internal static readonly string[] Stops = ["<|im_end|>", "<|endoftext|>"];

    public string Name => name;

    public string Variant => PromptDialects.Official;

    public int ParserVersion => 1;

    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public DialectPrompt Render(ToolCallRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new DialectPrompt(ChatPrompts.Lfm(request, hasToolListTokens).ToString(), Stops);
    }

    public DialectAnswer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return LfmGrammar.Parse(text);
    }
}
