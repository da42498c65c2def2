namespace NeedleBench.Tokenizers.Tests.HuggingFace;

/// <summary>A fact that needs <see cref="NpmOracle"/> and files from the shared folder; skipped, saying why, without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute(string? path = null)
    {
        Path = path;
        Skip = path is not null && !System.IO.Path.Exists(RepositoryFiles.InShared(path))
            ? $"needs ../shared/{path}, which a clone on its own does not have"
            : NpmOracle.WhyNot;
    }

    public string? Path { get; }
}
