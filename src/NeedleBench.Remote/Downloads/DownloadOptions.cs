namespace NeedleBench.Remote.Downloads;

/// <summary>Where from, as whom, and how patiently models are pulled.</summary>
public readonly record struct DownloadOptions()
{
    /// <summary>The environment variable that names another server than the catalogue's.</summary>
    public const string BaseVariable = "NEEDLEBENCH_MODELS";

    /// <summary>The environment variable that holds the token.</summary>
    public const string TokenVariable = "HF_TOKEN";

    /// <summary>The server; that of the catalogue where null.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>
    /// Sent as a bearer token to the server's own host, over HTTPS or to this machine, and never to the hosts that it redirects to;
    /// none where null.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>The longest wait for an answer's beginning, and for its next bytes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts after a first one that brought no byte further. Each that brings some starts the count anew.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Before the first retry; doubled, with jitter, before each further one.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts. A server that asks for more (Retry-After) is not asked again.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The defaults, with the server and the token of this user.</summary>
    /// <param name="from">The server that the user named; the one in <c>NEEDLEBENCH_MODELS</c>, where it is set, where null.</param>
    /// <exception cref="InputException">An address is none.</exception>
    public static DownloadOptions FromEnvironment(string? from = null)
    {
        var named = Environment.GetEnvironmentVariable(BaseVariable);
        return new DownloadOptions
        {
            BaseAddress = from is not null ? ServerAddress.Parse(from, "--from") : string.IsNullOrEmpty(named) ? null : ServerAddress.Parse(named, BaseVariable),
            Token = Environment.GetEnvironmentVariable(TokenVariable),
        };
    }

    /// <summary>Without the token: options end up in logs.</summary>
    public override string ToString() => $"{BaseAddress}, {(Token is null ? "no token" : "a token")}, {Retries} retries";
}
