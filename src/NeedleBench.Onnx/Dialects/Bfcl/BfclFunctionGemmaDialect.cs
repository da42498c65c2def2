using System.Text;
using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects.Bfcl;

/// <summary>
/// FunctionGemma as the Berkeley leaderboard's handler asks and reads it: a line end behind the first sentence, declarations
/// without the <c>parameters</c> wrapper. Types stay as the caller named them, in capitals.
/// </summary>
public sealed class BfclFunctionGemmaDialect : IPromptDialect
{
    public string Name => "functiongemma";

    public string Variant => PromptDialects.Bfcl;

    public int ParserVersion => 1;

    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public DialectPrompt Render(ToolCallRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = new StringBuilder("<start_of_turn>developer\nYou are a model that can do function calling with the following functions\n");
        FunctionGemmaDialect.AppendDeclarations(text, request.Tools, new FunctionGemmaDeclaration(IsBfcl: true));
        text.Append("<end_of_turn>\n");

        // The server that its handler talks to puts the start token in front.
        return FunctionGemmaDialect.AppendTurns(text, request) with { AddStartToken = true };
    }

    public DialectAnswer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return BfclFunctionGemmaReader.Parse(text);
    }
}
