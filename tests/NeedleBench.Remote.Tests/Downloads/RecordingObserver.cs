using NeedleBench.Remote.Downloads;

namespace NeedleBench.Remote.Tests.Downloads;

/// <summary>Remembers how a pull went.</summary>
sealed class RecordingObserver(Action<long>? received = null) : IPullObserver
{
    readonly TaskCompletionSource _waited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Dictionary<string, FileOutcome> Outcomes { get; } = [];

    public List<(string Problem, TimeSpan Wait)> Retries { get; } = [];

    public Task Waited => _waited.Task;

    public void Waiting() => _waited.TrySetResult();

    public void Started(string path, long? size)
    {
    }

    public void Received(string path, long bytes, long? size) => received?.Invoke(bytes);

    public void Retrying(string path, string problem, TimeSpan wait) => Retries.Add((problem, wait));

    public void Finished(string path, FileOutcome outcome, long bytes) => Outcomes.Add(path, outcome);
}
