namespace NeedleBench.Onnx.Dialects.Bfcl;

/// <summary>What kind of expression a <see cref="PythonNode"/> is.</summary>
enum PythonNodeKind
{
    Constant,
    Name,
    List,
    Tuple,
    Dict,

    /// <summary>A call of something that has a dotted name.</summary>
    Call,

    /// <summary>A minus sign before an operand.</summary>
    Minus,

    /// <summary>Another unary sign before an operand.</summary>
    Sign,

    /// <summary>Valid Python of a kind that is no argument: operators, subscripts, sets, attributes.</summary>
    Other,
}
