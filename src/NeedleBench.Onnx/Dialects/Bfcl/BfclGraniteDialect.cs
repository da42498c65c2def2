using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects.Bfcl;

/// <summary>Granite 4.0 as the Berkeley leaderboard's handler asks and reads it: tools without the wrapper and in ASCII.</summary>
public sealed class BfclGraniteDialect : IPromptDialect
{
    public string Name => "granite";

    public string Variant => PromptDialects.Bfcl;

    public int ParserVersion => 1;

    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public DialectPrompt Render(ToolCallRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = ChatPrompts.Granite(request, (to, tool) => ToolJson.AppendFunction(to, tool, ensureAscii: true));
        return new DialectPrompt(text.ToString(), GraniteDialect.Stops) { AddStartToken = true };
    }

    public DialectAnswer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return BfclTaggedJsonReader.Parse(text);
    }
}
