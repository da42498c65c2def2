namespace NeedleBench.Onnx.Runtime;

/// <summary>What a model says of one of its inputs or outputs.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="ElementType">Its elements; <see cref="OnnxElementType.Undefined"/> where it is not a tensor but a sequence, a map or the like.</param>
/// <param name="Shape">Fixed sizes and free dimensions; empty for a scalar, and where the model does not say.</param>
public sealed record OnnxTensorInfo(string Name, OnnxElementType ElementType, IReadOnlyList<OnnxDimension> Shape)
{
    /// <summary>Such as <c>input_ids Int64[batch,sequence]</c>.</summary>
    public override string ToString() => $"{Name} {ElementType}[{string.Join(',', Shape)}]";
}
