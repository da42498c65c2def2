using NeedleBench.Onnx.Dialects.Parsing;
using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects;

/// <summary>Granite 4.0, as IBM's chat template has it.</summary>
public sealed class GraniteDialect : IPromptDialect
{
    internal static readonly string[] Stops = ["<|end_of_text|>"];

    public string Name => "granite";

    public string Variant => PromptDialects.Official;

    public int ParserVersion => 1;

    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public DialectPrompt Render(ToolCallRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new DialectPrompt(ChatPrompts.Granite(request, ToolJson.AppendWrapped).ToString(), Stops);
    }

    public DialectAnswer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TaggedJsonGrammar.Parse(text);
    }
}
