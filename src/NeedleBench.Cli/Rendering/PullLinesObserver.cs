using System.Globalization;
using NeedleBench.Remote.Downloads;

namespace NeedleBench.Cli.Rendering;

/// <summary>A line for each file and each failed attempt, and every few seconds between: for logs.</summary>
sealed class PullLinesObserver(TextWriter output, TimeProvider time) : IPullObserver
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    long _lastLine;

    public void Waiting() => output.WriteLine("Another process pulls this model; waiting for it.");

    public void Started(string path, long? size) => _lastLine = time.GetTimestamp();

    public void Received(string path, long bytes, long? size)
    {
        if (time.GetElapsedTime(_lastLine) >= Interval)
        {
            _lastLine = time.GetTimestamp();
            output.WriteLine(size is null ? $"{path}: {Quantity.Bytes(bytes)}" : $"{path}: {Quantity.Bytes(bytes)} of {Quantity.Bytes(size.Value)}");
        }
    }

    public void Retrying(string path, string problem, TimeSpan wait) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{path}: {problem}; trying again in {wait.TotalSeconds:0.#} s"));

    public void Finished(string path, FileOutcome outcome, long bytes) => output.WriteLine(outcome switch
    {
        FileOutcome.AlreadyThere => $"{path}: {Quantity.Bytes(bytes)}, was there",
        FileOutcome.Absent => $"{path}: optional, and the server has none",
        _ => $"{path}: {Quantity.Bytes(bytes)}, verified",
    });
}
