namespace NeedleBench.Remote.Downloads;

/// <summary>
/// The folder that pulled models lie in: <c>{home}/models/{name}/{precision}</c>. A folder under that name is whole; what is still
/// being downloaded lies beside it, under a name that begins with a full stop.
/// </summary>
/// <param name="home">The folder that is NeedleBench's own.</param>
public sealed class ModelCache(string home)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string HomeVariable = "NEEDLEBENCH_HOME";

    /// <summary>The cache of this user: below <c>NEEDLEBENCH_HOME</c>, or else the user's local application data.</summary>
    /// <exception cref="InputException">The user has no such folder, and the variable names none.</exception>
    public static ModelCache Default() => Of(Environment.GetEnvironmentVariable);

    public string Home { get; } = Path.GetFullPath(home);

    /// <summary>The folder of a pulled model; null where it was not pulled.</summary>
    public string? Find(string name, string precision)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(precision);
        if (!SafePath.IsName(name) || !SafePath.IsName(precision))
        {
            return null;
        }

        var folder = FolderOf(name, precision);
        return File.Exists(Path.Combine(folder, ModelLock.FileName)) ? folder : null;
    }

    /// <summary>The precisions of a model that were pulled, in alphabetical order.</summary>
    public IReadOnlyList<string> Precisions(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parent = SafePath.IsName(name) ? Path.Combine(Home, "models", name) : "";
        return Directory.Exists(parent)
            ? [.. Directory.EnumerateDirectories(parent).Select(f => Path.GetFileName(f)!).Where(p => Find(name, p) is not null).Order(StringComparer.Ordinal)]
            : [];
    }

    internal static ModelCache Of(Func<string, string?> environment)
    {
        if (environment(HomeVariable) is { Length: > 0 } named)
        {
            return new ModelCache(named);
        }

        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0
            ? new ModelCache(Path.Combine(data, "needlebench"))
            : throw new InputException("this user has no folder for application data", $"Name a folder for models in {HomeVariable}.");
    }

    /// <summary>Where the whole model lies, or will.</summary>
    internal string FolderOf(string name, string precision) => Path.Combine(Home, "models", name, precision);

    /// <summary>Where it lies until it is whole.</summary>
    internal string StagingOf(string name, string precision) => Path.Combine(Home, "models", name, $".{precision}.partial");

    /// <summary>The file that the process that pulls holds open.</summary>
    internal string HoldOf(string name, string precision) => Path.Combine(Home, "models", name, $".{precision}.hold");
}
