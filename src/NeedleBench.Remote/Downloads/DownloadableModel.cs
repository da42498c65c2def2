namespace NeedleBench.Remote.Downloads;

/// <summary>A model that can be pulled.</summary>
/// <param name="Name">Short, and the name of its folder.</param>
/// <param name="Repository">On the server, as <c>owner/name</c>.</param>
/// <param name="Revision">A branch, tag or commit of the repository. A branch moves; what was pinned does not.</param>
/// <param name="Licence">Shown before the first byte comes.</param>
/// <param name="Scheme">The kind of model spec that opens it: <c>onnx</c> or <c>san</c>.</param>
/// <param name="Dialect">The prompt dialect to run it with; null where the scheme has none.</param>
/// <param name="DefaultPrecision">The precision that is pulled where none is named.</param>
/// <param name="Files">The files that every precision needs.</param>
/// <param name="Precisions">The further files of each precision.</param>
public sealed record DownloadableModel(
    string Name,
    string Repository,
    string Revision,
    ModelLicence Licence,
    string Scheme,
    string? Dialect,
    string DefaultPrecision,
    IReadOnlyList<DownloadableFile> Files,
    IReadOnlyDictionary<string, IReadOnlyList<DownloadableFile>> Precisions)
{
    /// <summary>All files of a precision, small ones first.</summary>
    /// <exception cref="InputException">The model has no such precision.</exception>
    public IReadOnlyList<DownloadableFile> FilesOf(string precision)
    {
        ArgumentNullException.ThrowIfNull(precision);
        return Precisions.TryGetValue(precision, out var files)
            ? [.. Files, .. files]
            : throw new InputException($"{Name} has no precision '{precision}'", $"It has: {string.Join(", ", Precisions.Keys)}.");
    }

    /// <summary>Bytes of all files of a precision; null where a size is not known to us.</summary>
    public long? SizeOf(string precision)
    {
        var needed = FilesOf(precision);
        return needed.All(f => f.Size is not null) ? needed.Sum(f => f.Size) : null;
    }

    /// <summary>The model spec that opens the model once it lies in <paramref name="folder"/>.</summary>
    public string SpecOf(string folder) => Dialect is null ? $"{Scheme}:{folder}" : $"{Scheme}:{folder}?dialect={Dialect}";
}
