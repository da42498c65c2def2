namespace NeedleBench.Training.Tests.TokenizerTraining;

/// <summary>A fact that needs a program of Debian's package sentencepiece; skipped, saying why, where PATH has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string tool)
    {
        Tool = tool;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, tool))))
        {
            Skip = $"needs {tool} on PATH (Debian's package sentencepiece)";
        }
    }

    public string Tool { get; }
}
