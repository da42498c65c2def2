namespace NeedleBench.Remote.Downloads;

/// <summary>What a pull ended with.</summary>
/// <param name="Folder">Where the model lies.</param>
/// <param name="Bytes">Of all its files.</param>
/// <param name="Downloaded">How many files came in this pull; 0 where all were there.</param>
/// <param name="Pinned">How many of them nobody knew the SHA-256 of: what came is now in the lock file.</param>
public sealed record PulledModel(string Folder, long Bytes, int Downloaded, int Pinned);
