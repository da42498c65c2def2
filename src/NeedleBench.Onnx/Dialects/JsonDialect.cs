using System.Text;
using NeedleBench.Onnx.Dialects.Parsing;
using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects;

/// <summary>
/// For a model without a format of its own: a plain instruction without special tokens, answered by a JSON list of calls.
/// </summary>
public sealed class JsonDialect : IPromptDialect
{
    public string Name => "json";

    public string Variant => PromptDialects.Official;

    public int ParserVersion => 1;

    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public DialectPrompt Render(ToolCallRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = new StringBuilder("These tools can be called, one on each line with the JSON Schema of its parameters:\n");
        foreach (var tool in request.Tools)
        {
            ToolJson.AppendFunction(text, tool);
            text.Append('\n');
        }

        text.Append("\nAnswer the request with a JSON list of calls and nothing else: ");
        text.Append("[{\"name\": <tool name>, \"arguments\": {<parameter>: <value>}}]. If no tool fits the request, answer [].\n\nRequest: ");
        text.Append(JsonStrings.WellFormed(request.Query)).Append("\nAnswer:");

        // A model that only continues text goes on to invent the next request.
        return new DialectPrompt(text.ToString(), ["\nRequest:"]) { AddStartToken = true };
    }

    public DialectAnswer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return JsonCalls.Parse(text);
    }
}
