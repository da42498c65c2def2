using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.Tests.LanguageModels;

/// <summary>A theory that needs ONNX Runtime's native library; skipped, saying why, where the build could not get it.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class OnnxRuntimeTheoryAttribute : TheoryAttribute
{
    public OnnxRuntimeTheoryAttribute()
    {
        if (!OnnxRuntimeLibrary.TryLoad(out var whyNot))
        {
            Skip = whyNot;
        }
    }
}
