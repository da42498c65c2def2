namespace NeedleBench.Remote.Downloads;

/// <summary>Which names of a catalogue may become names of files and folders.</summary>
static class SafePath
{
    /// <summary>A single name: letters, digits, <c>.</c>, <c>-</c>, <c>_</c>, not beginning or ending with a full stop.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 200 && name[0] != '.' && name[^1] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    /// <summary>
    /// Names joined by <c>/</c>, that lead to a file inside the folder they start from, and to none that a pull keeps for itself.
    /// </summary>
    public static bool IsInside(string path) =>
        path.Split('/').All(IsName)
        && !path.Equals(ModelLock.FileName, StringComparison.OrdinalIgnoreCase)
        && !path.EndsWith(PartFile.Suffix, StringComparison.OrdinalIgnoreCase)
        && !path.EndsWith(PartFile.NoteSuffix, StringComparison.OrdinalIgnoreCase);
}
