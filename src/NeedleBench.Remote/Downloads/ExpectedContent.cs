namespace NeedleBench.Remote.Downloads;

/// <summary>What a file has to be.</summary>
/// <param name="Size">Bytes; null where nobody knows.</param>
/// <param name="Sha256">Lower case; null where nobody knows.</param>
/// <param name="Origin">Who says so, for messages.</param>
sealed record ExpectedContent(long? Size, string? Sha256, string Origin)
{
    /// <summary>The catalogue's word where it has one, else the pin's, where there is one.</summary>
    public static ExpectedContent Of(DownloadableFile file, PinnedFile? pin) => file.Sha256 is null && pin is not null
        ? new ExpectedContent(file.Size ?? pin.Size, pin.Sha256, FormattableString.Invariant($"the pin of {pin.Date:yyyy-MM-dd}"))
        : new ExpectedContent(file.Size, file.Sha256?.ToLowerInvariant(), "the catalogue");

    /// <summary>Whether a file on the disk is it, as far as anything is known.</summary>
    public bool Is(long size, string sha256) => (Size is null || Size == size) && (Sha256 is null || Sha256 == sha256);
}
