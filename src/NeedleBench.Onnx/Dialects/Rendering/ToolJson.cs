using System.Text;

namespace NeedleBench.Onnx.Dialects.Rendering;

/// <summary>A tool as JSON in a prompt.</summary>
static class ToolJson
{
    /// <summary><c>{"name": …, "description": …, "parameters": {JSON Schema}}</c>.</summary>
    public static void AppendFunction(StringBuilder text, ToolDefinition tool, bool ensureAscii = false)
    {
        text.Append("{\"name\": ");
        PythonJson.AppendString(text, tool.Name, ensureAscii);
        text.Append(", \"description\": ");
        PythonJson.AppendString(text, tool.Description, ensureAscii);
        text.Append(", \"parameters\": ");
        PythonJson.Append(text, tool.Schema, ensureAscii);
        text.Append('}');
    }

    /// <summary>The same in the wrapper that chat templates are given: <c>{"type": "function", "function": {…}}</c>.</summary>
    public static void AppendWrapped(StringBuilder text, ToolDefinition tool)
    {
        text.Append("{\"type\": \"function\", \"function\": ");
        AppendFunction(text, tool);
        text.Append('}');
    }
}
