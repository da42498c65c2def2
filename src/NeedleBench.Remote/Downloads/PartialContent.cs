namespace NeedleBench.Remote.Downloads;

/// <summary>Which content the bytes of a <see cref="PartFile"/> are the beginning of.</summary>
/// <param name="Address">What was asked for.</param>
/// <param name="ETag">The server's strong validator of this content; null where it gave none.</param>
/// <param name="Size">Bytes of the whole; null while it is not known.</param>
/// <param name="Announced">The SHA-256 that the server gave for it; null where it gave none.</param>
sealed record PartialContent(string Address, string? ETag, long? Size, string? Announced);
