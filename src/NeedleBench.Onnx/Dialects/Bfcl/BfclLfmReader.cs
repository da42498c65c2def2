using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Onnx.Dialects.Parsing;
using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects.Bfcl;

/// <summary>
/// What the handler proposed to Berkeley reads in LFM2's answers: lists of calls between the tokens, a block that is no Python and
/// a call that is not all literals passed over; where that gives nothing, the leaderboard's default decoder over the whole text.
/// A bare word is a string, a positional argument is dropped. It never fails.
/// </summary>
/// <remarks>
/// Their default decoder evaluates arithmetic and prints what else it meets (<c>x=2*3</c>, <c>x=g(1)</c>, <c>x=a[0]</c>) outside the
/// tokens; here such an answer holds no calls, and neither does one that calls what a call returned, <c>f(1)(x=2)</c>.
/// </remarks>
static class BfclLfmReader
{
    const string Start = "<|tool_call_start|>";
    const string End = "<|tool_call_end|>";

    public static DialectAnswer Parse(string text)
    {
        var calls = new List<ToolCall>();
        foreach (var block in Blocks(text))
        {
            foreach (var element in PythonExpressionParser.Elements(block) ?? [])
            {
                if (element.Kind == PythonNodeKind.Call && TryArguments(element, isDefaultDecoder: false, out var arguments))
                {
                    calls.Add(CallNodes.Call(element.Name, arguments));
                }
            }
        }

        return new DialectAnswer(calls.Count > 0 ? calls : DefaultDecoder(text), null);
    }

    // What stands between a start token with a bracket and the next bracket with an end token.
    static IEnumerable<string> Blocks(string text)
    {
        var position = 0;
        while (text.IndexOf(Start, position, StringComparison.Ordinal) is >= 0 and var start)
        {
            position = start + Start.Length;
            var open = position;
            while (open < text.Length && PythonText.IsSpace(text[open]))
            {
                open++;
            }

            if (open == text.Length || text[open] != '[')
            {
                continue;
            }

            var close = FindClose(text, open, out position);
            if (close < 0)
            {
                yield break;
            }

            yield return text[(open + 1)..close];
        }
    }

    static int FindClose(string text, int open, out int behind)
    {
        behind = open;
        while (text.IndexOf(End, behind, StringComparison.Ordinal) is >= 0 and var end)
        {
            behind = end + End.Length;
            var close = end - 1;
            while (close > open && PythonText.IsSpace(text[close]))
            {
                close--;
            }

            if (close > open && text[close] == ']')
            {
                return close;
            }
        }

        return -1;
    }

    static List<ToolCall> DefaultDecoder(string text)
    {
        var source = text.Trim('`', '\n', ' ');
        var bare = $"{(source.StartsWith('[') ? "" : "[")}{source}{(source.EndsWith(']') ? "" : "]")}".Trim('[', ']', '\'');
        var expression = PythonExpressionParser.Expression(bare);
        var elements = expression?.Kind switch
        {
            PythonNodeKind.Call => [expression],
            PythonNodeKind.Tuple or PythonNodeKind.List => expression.Items,
            _ => [],
        };
        var calls = new List<ToolCall>();
        foreach (var element in elements)
        {
            if (element.Kind != PythonNodeKind.Call || !TryArguments(element, isDefaultDecoder: true, out var arguments))
            {
                return [];
            }

            calls.Add(CallNodes.Call(element.Name, arguments));
        }

        return calls;
    }

    static bool TryArguments(PythonNode call, bool isDefaultDecoder, out JsonObject arguments)
    {
        arguments = [];
        foreach (var (name, node) in call.Keywords)
        {
            if (!TryValue(node, isDefaultDecoder, out var value))
            {
                return false;
            }

            arguments[JsonStrings.WellFormed(name)] = value;
        }

        return true;
    }

    static bool TryValue(PythonNode node, bool isDefaultDecoder, out JsonNode? value)
    {
        value = null;
        switch (node.Kind)
        {
            case PythonNodeKind.Constant:
                value = node.Constant?.DeepClone();
                return true;
            case PythonNodeKind.Name:
                value = JsonStrings.WellFormed(node.Name);
                return true;
            case PythonNodeKind.List or PythonNodeKind.Tuple:
                var list = new JsonArray();
                value = list;
                foreach (var item in node.Items)
                {
                    if (!TryValue(item, isDefaultDecoder, out var element))
                    {
                        return false;
                    }

                    list.Add(element);
                }

                return true;
            case PythonNodeKind.Dict: return TryDict(node, isDefaultDecoder, out value);
            case PythonNodeKind.Minus or PythonNodeKind.Sign when isDefaultDecoder:
                // Whatever the sign, the default decoder negates, and only constants.
                return node.Items[0].Kind == PythonNodeKind.Constant && TryNegate(node.Items[0].Constant, out value);
            case PythonNodeKind.Minus: return TryValue(node.Items[0], isDefaultDecoder, out var operand) && TryNegate(operand, out value);
            case PythonNodeKind.Call when isDefaultDecoder && node.Keywords.Count > 0:
                var isRead = TryArguments(node, isDefaultDecoder, out var arguments);
                value = new JsonObject { [node.Name] = arguments };
                return isRead;
            default: return false;
        }
    }

    static bool TryDict(PythonNode node, bool isDefaultDecoder, out JsonNode? value)
    {
        var members = new JsonObject();
        value = members;
        for (var i = 0; i < node.Items.Count; i++)
        {
            if (!TryValue(node.Keys[i], isDefaultDecoder, out var key) || key is JsonArray or JsonObject
                || !TryValue(node.Items[i], isDefaultDecoder, out var member))
            {
                return false;
            }

            members[PythonicGrammar.KeyText(key)] = member;
        }

        return true;
    }

    static bool TryNegate(JsonNode? operand, [NotNullWhen(true)] out JsonNode? value)
    {
        switch (operand?.GetValueKind())
        {
            case JsonValueKind.Number:
                var text = operand.ToJsonString();
                value = text.StartsWith('-') ? JsonNode.Parse(text[1..])! : NumberText.Node(text, isNegative: text != "0");
                return true;
            case JsonValueKind.True or JsonValueKind.False:
                value = operand.GetValue<bool>() ? -1 : 0;
                return true;
            case JsonValueKind.Object when operand["$float"]?.GetValue<string>() is { } name:
                value = name == "nan" ? PythonFloats.NotANumber() : PythonFloats.Infinity(name == "inf");
                return true;
            default:
                value = null;
                return false;
        }
    }
}
