using System.Text.Json.Nodes;

namespace NeedleBench.Onnx.Dialects.Bfcl;

/// <summary>An expression of Python, as far as Berkeley's decoders tell expressions apart.</summary>
sealed class PythonNode(PythonNodeKind kind)
{
    public PythonNodeKind Kind => kind;

    /// <summary>A constant's value: a boolean, a number, a string, or null for <c>None</c>.</summary>
    public JsonNode? Constant { get; init; }

    /// <summary>A name, or the dotted name of what is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>The elements of a list or a tuple, the operand of a unary operator, the values of a dict.</summary>
    public List<PythonNode> Items { get; } = [];

    /// <summary>The keys of a dict, beside <see cref="Items"/>.</summary>
    public List<PythonNode> Keys { get; } = [];

    /// <summary>The keyword arguments of a call; positional ones are not kept.</summary>
    public List<KeyValuePair<string, PythonNode>> Keywords { get; } = [];
}
