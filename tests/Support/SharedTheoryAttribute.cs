namespace NeedleBench.Tests;

/// <summary>A theory that needs files from the shared folder beside the checkout; skipped, saying why, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string path)
    {
        Path = path;
        if (!System.IO.Path.Exists(RepositoryFiles.InShared(path)))
        {
            Skip = $"needs ../shared/{path}, which a clone on its own does not have";
        }
    }

    public string Path { get; }
}
