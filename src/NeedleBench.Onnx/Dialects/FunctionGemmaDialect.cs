using System.Text;
using NeedleBench.Onnx.Dialects.Parsing;
using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects;

/// <summary>
/// FunctionGemma 270M, as Google's chat template and formatting guide have it: tools declared in a developer turn behind the
/// sentence that the model was trained to take for a trigger.
/// </summary>
public sealed class FunctionGemmaDialect : IPromptDialect
{
    public string Name => "functiongemma";

    public string Variant => PromptDialects.Official;

    public int ParserVersion => 1;

    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public DialectPrompt Render(ToolCallRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = new StringBuilder("<bos>");
        if (request.Tools.Count > 0)
        {
            text.Append("<start_of_turn>developer\nYou are a model that can do function calling with the following functions");
            AppendDeclarations(text, request.Tools, default);
            text.Append("<end_of_turn>\n");
        }

        return AppendTurns(text, request);
    }

    public DialectAnswer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FunctionGemmaGrammar.Parse(text);
    }

    internal static void AppendDeclarations(StringBuilder text, IReadOnlyList<ToolDefinition> tools, FunctionGemmaDeclaration form)
    {
        foreach (var tool in tools)
        {
            text.Append("<start_function_declaration>");
            form.Append(text, tool);
            text.Append("<end_function_declaration>");
        }
    }

    internal static DialectPrompt AppendTurns(StringBuilder text, ToolCallRequest request)
    {
        text.Append("<start_of_turn>user\n").Append(PythonText.Strip(JsonStrings.WellFormed(request.Query)));
        text.Append("<end_of_turn>\n<start_of_turn>model\n");
        return new DialectPrompt(text.ToString(), ["<end_of_turn>", "<start_function_response>", "<eos>"]);
    }
}
