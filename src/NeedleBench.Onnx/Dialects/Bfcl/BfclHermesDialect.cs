using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects.Bfcl;

/// <summary>
/// Qwen3 as the Berkeley leaderboard's handler asks and reads it: tools without the wrapper and in ASCII, thinking left on, only
/// what follows the last <c>&lt;/think&gt;</c> read.
/// </summary>
public sealed class BfclHermesDialect : IPromptDialect
{
    public string Name => "hermes";

    public string Variant => PromptDialects.Bfcl;

    public int ParserVersion => 1;

    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["thinking"] = "on" };

    public DialectPrompt Render(ToolCallRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = ChatPrompts.Hermes(request, (to, tool) => ToolJson.AppendFunction(to, tool, ensureAscii: true));
        return new DialectPrompt(text.ToString(), HermesDialect.Stops) { AddStartToken = true };
    }

    public DialectAnswer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var thought = text.LastIndexOf("</think>", StringComparison.Ordinal);
        return BfclTaggedJsonReader.Parse(thought < 0 ? text : text[(thought + "</think>".Length)..].TrimStart('\n'));
    }
}
