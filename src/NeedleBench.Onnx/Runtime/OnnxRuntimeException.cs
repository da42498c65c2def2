namespace NeedleBench.Onnx.Runtime;

/// <summary>ONNX Runtime refused something; the message is its own.</summary>
public sealed class OnnxRuntimeException : Exception
{
    public OnnxRuntimeException(OnnxRuntimeErrorCode code, string message)
        : base(message) =>
        Code = code;

    public OnnxRuntimeErrorCode Code { get; }
}
