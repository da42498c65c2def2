using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.Tests;

/// <summary>A fact that needs ONNX Runtime's native library; skipped, saying why, where the build could not get it.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute()
    {
        if (!OnnxRuntimeLibrary.TryLoad(out var whyNot))
        {
            Skip = whyNot;
        }
    }
}
