using System.Text;

namespace NeedleBench.Onnx.Dialects.Rendering;

/// <summary>The prompt texts that a dialect shares with its Berkeley variant; they differ in how a tool is written.</summary>
static class ChatPrompts
{
    /// <summary>Qwen3's template: tools in the system turn, which is absent where there are none.</summary>
    public static StringBuilder Hermes(ToolCallRequest request, Action<StringBuilder, ToolDefinition> appendTool)
    {
        var text = new StringBuilder();
        if (request.Tools.Count > 0)
        {
            text.Append(
                """
                <|im_start|>system
                # Tools

                You may call one or more functions to assist with the user query.

                You are provided with function signatures within <tools></tools> XML tags:
                <tools>
                """);
            AppendLines(text, request.Tools, appendTool);
            text.Append("\n</tools>\n\nFor each function call, return a json object with function name and arguments ");
            text.Append("within <tool_call></tool_call> XML tags:\n<tool_call>\n");
            text.Append("{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call><|im_end|>\n");
        }

        return AppendUserTurn(text, request);
    }

    /// <summary>Granite 4.0's template: tools in the system turn, or its default system text where there are none.</summary>
    public static StringBuilder Granite(ToolCallRequest request, Action<StringBuilder, ToolDefinition> appendTool)
    {
        var text = new StringBuilder("<|start_of_role|>system<|end_of_role|>You are a helpful assistant");
        if (request.Tools.Count > 0)
        {
            text.Append(" with access to the following tools. You may call one or more tools to assist with the user query.\n\n");
            text.Append("You are provided with function signatures within <tools></tools> XML tags:\n<tools>");
            AppendLines(text, request.Tools, appendTool);
            text.Append("\n</tools>\n\nFor each tool call, return a json object with function name and arguments ");
            text.Append("within <tool_call></tool_call> XML tags:\n<tool_call>\n");
            text.Append("{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call>. ");
            text.Append("If a tool does not exist in the provided list of tools, notify the user ");
            text.Append("that you do not have the ability to fulfill the request.");
        }
        else
        {
            text.Append(". Please ensure responses are professional, accurate, and safe.");
        }

        text.Append("<|end_of_text|>\n<|start_of_role|>user<|end_of_role|>").Append(JsonStrings.WellFormed(request.Query));
        return text.Append("<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>");
    }

    /// <summary>LFM2's template: the tools as one JSON list on the system turn's last line, which is absent where there are none.</summary>
    public static StringBuilder Lfm(ToolCallRequest request, bool hasToolListTokens)
    {
        var text = new StringBuilder("<|startoftext|>");
        if (request.Tools.Count > 0)
        {
            text.Append("<|im_start|>system\nList of tools: ").Append(hasToolListTokens ? "<|tool_list_start|>" : "").Append('[');
            for (var i = 0; i < request.Tools.Count; i++)
            {
                text.Append(i > 0 ? ", " : "");
                ToolJson.AppendFunction(text, request.Tools[i]);
            }

            text.Append(']').Append(hasToolListTokens ? "<|tool_list_end|>" : "").Append("<|im_end|>\n");
        }

        return AppendUserTurn(text, request);
    }

    static StringBuilder AppendUserTurn(StringBuilder text, ToolCallRequest request) =>
        text.Append("<|im_start|>user\n").Append(JsonStrings.WellFormed(request.Query)).Append("<|im_end|>\n<|im_start|>assistant\n");

    static void AppendLines(StringBuilder text, IReadOnlyList<ToolDefinition> tools, Action<StringBuilder, ToolDefinition> appendTool)
    {
        foreach (var tool in tools)
        {
            text.Append('\n');
            appendTool(text, tool);
        }
    }
}
