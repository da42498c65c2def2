namespace NeedleBench.Remote;

/// <summary>How patient a client is with a server. Times of attempts that failed are in no measurement.</summary>
readonly record struct RetryOptions()
{
    /// <summary>For one attempt, from the request to the answer's last byte.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Attempts after the first one.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>Before the first retry; doubled, with jitter, before each further one.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts. A server that asks for more (Retry-After) is not asked again.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(60);
}
