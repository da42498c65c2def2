namespace NeedleBench.Onnx.Runtime;

/// <summary>What kind of failure ONNX Runtime reports; the numbers are its own. It may report numbers that are not named here.</summary>
public enum OnnxRuntimeErrorCode
{
    None = 0,

    Fail = 1,

    /// <summary>Such as an input of the wrong type or shape.</summary>
    InvalidArgument = 2,

    NoSuchFile = 3,

    NoModel = 4,

    EngineError = 5,

    /// <summary>Thrown within an operator.</summary>
    RuntimeException = 6,

    /// <summary>The file is not an ONNX model.</summary>
    InvalidProtobuf = 7,

    ModelLoaded = 8,

    /// <summary>An operator, or a version of one, that this library does not have.</summary>
    NotImplemented = 9,

    InvalidGraph = 10,

    ExecutionProviderFail = 11,
}
