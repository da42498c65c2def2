namespace NeedleBench.Onnx.Runtime;

/// <summary>How far a session rewrites the graph before it runs it; the numbers are ONNX Runtime's.</summary>
public enum OnnxGraphOptimization
{
    None = 0,

    /// <summary>Constant folding and the like, which any hardware can run.</summary>
    Basic = 1,

    /// <summary>Basic, and fused operators.</summary>
    Extended = 2,

    /// <summary>Extended, and layouts that suit the hardware.</summary>
    All = 99,
}
