namespace NeedleBench.Remote.Downloads;

/// <summary>Base addresses of servers that hold models.</summary>
static class ServerAddress
{
    /// <param name="text">Such as <c>https://mirror.example/models</c>.</param>
    /// <param name="origin">Who says so: an option, a variable or a file.</param>
    /// <exception cref="InputException">The text is no address, or says more than where the server is.</exception>
    public static Uri Parse(string text, string origin) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
            ? address
            : throw new InputException(
                $"{origin}: '{(address is { UserInfo.Length: > 0 } ? "…" : text)}' is no base address of a server",
                $"Write http:// or https://, the host and perhaps a path; a token goes into {DownloadOptions.TokenVariable}.");

    /// <summary>The page of a model's repository.</summary>
    public static Uri Of(Uri server, DownloadableModel model) => new($"{server.AbsoluteUri.TrimEnd('/')}/{model.Repository}");

    /// <summary>Where a file lies: <c>{base}/{repository}/resolve/{revision}/{path}</c>.</summary>
    public static Uri Of(Uri server, DownloadableModel model, DownloadableFile file) =>
        new($"{Of(server, model)}/resolve/{Uri.EscapeDataString(model.Revision)}/{file.Path}");
}
