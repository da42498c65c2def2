using NeedleBench.Onnx.Dialects.Parsing;
using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects;

/// <summary>
/// Qwen3 (the Hermes format) with thinking off: the template's empty <c>&lt;think&gt;</c> block ends the prompt, so that every
/// generated token belongs to the answer.
/// </summary>
public sealed class HermesDialect : IPromptDialect
{
    internal static readonly string[] Stops = ["<|im_end|>", "<|endoftext|>"];

    public string Name => "hermes";

    public string Variant => PromptDialects.Official;

    public int ParserVersion => 1;

    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["thinking"] = "off" };

    public DialectPrompt Render(ToolCallRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new DialectPrompt(ChatPrompts.Hermes(request, ToolJson.AppendWrapped).Append("<think>\n\n</think>\n\n").ToString(), Stops);
    }

    public DialectAnswer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TaggedJsonGrammar.Parse(text);
    }
}
