namespace NeedleBench.Remote;

/// <summary>One attempt failed on the server's side, or on the way there.</summary>
sealed class ServerFault(string problem, string mend, Exception? inner = null) : Exception(problem, inner)
{
    /// <summary>What to do about it.</summary>
    public string Mend { get; } = mend;

    /// <summary>Whether it may pass.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether nobody answered at the address.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>How long the server asked to be left alone, where it did.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
