using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Onnx.Dialects.Parsing;

namespace NeedleBench.Onnx.Dialects.Bfcl;

/// <summary>
/// What Berkeley's handlers for Qwen and Granite read: blocks with a line end inside either tag; a block that is no JSON is
/// passed over without a word; one that is JSON but no call makes the whole answer undecodable.
/// </summary>
static class BfclTaggedJsonReader
{
    const string Start = "<tool_call>\n";
    const string End = "\n</tool_call>";

    public static DialectAnswer Parse(string text)
    {
        var found = new List<JsonNode?>();
        var position = 0;
        while (true)
        {
            var start = text.IndexOf(Start, position, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf(End, start + Start.Length, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            var block = new TextCursor(text[(start + Start.Length)..end]);
            if (JsonGrammar.TryValue(block, isStrict: true, out var value) && block.Rest.IndexOfAnyExcept(" \t\r\n") < 0)
            {
                found.Add(value);
            }

            position = end + End.Length;
        }

        if (found.Any(f => f is not JsonObject))
        {
            return Undecodable("the model did not return a list of function calls");
        }

        var calls = new List<ToolCall>();
        foreach (var call in found.Cast<JsonObject>())
        {
            if (!call.TryGetPropertyValue("name", out var name) || name?.GetValueKind() != JsonValueKind.String)
            {
                return Undecodable("a call has no 'name'");
            }

            if (!call.TryGetPropertyValue("arguments", out var arguments) || arguments is not JsonObject given)
            {
                return Undecodable("a call has no 'arguments' that are an object");
            }

            calls.Add(CallNodes.Call(name.GetValue<string>(), given));
        }

        return new DialectAnswer(calls, null);
    }

    static DialectAnswer Undecodable(string problem) => new([], new ParseFailure(ParseFailureKind.NotACall, problem));
}
