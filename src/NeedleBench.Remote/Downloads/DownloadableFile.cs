namespace NeedleBench.Remote.Downloads;

/// <summary>One file of a model.</summary>
/// <param name="Path">Below the repository, and below the model's folder: parts joined by <c>/</c>.</param>
/// <param name="Size">Bytes; null where it is not known to us.</param>
/// <param name="Sha256">64 hexadecimal digits; null where it is not known to us, and the first download pins it.</param>
/// <param name="Optional">Whether the model is whole without it where the server has none (404).</param>
public sealed record DownloadableFile(string Path, long? Size = null, string? Sha256 = null, bool Optional = false);
