namespace NeedleBench.Tests;

/// <summary>Finds the repository, and the shared oracles beside it, from wherever the test assembly runs.</summary>
static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string InRepository(string relative) => Path.Combine(Root, relative);

    /// <summary>A path in the folder of oracles beside the checkout; a user's clone has none.</summary>
    public static string InShared(string relative) => Path.Combine(Root, "..", "shared", relative);

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NeedleBench.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No NeedleBench.sln above {AppContext.BaseDirectory}.");
    }
}
