namespace NeedleBench.Remote.Downloads;

/// <summary>A file as it was received.</summary>
/// <param name="Path">Below the model's folder.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 hexadecimal digits, lower case.</param>
/// <param name="Address">The address asked for it, before redirects.</param>
/// <param name="Date">When (UTC).</param>
public sealed record PinnedFile(string Path, long Size, string Sha256, string Address, DateTimeOffset Date);
