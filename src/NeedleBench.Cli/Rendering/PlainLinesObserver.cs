using System.Globalization;
using NeedleBench.Harness.Running;

namespace NeedleBench.Cli.Rendering;

/// <summary>A line at the start, at the end, for each failure, and every few seconds between: for logs.</summary>
sealed class PlainLinesObserver(TextWriter output, TimeProvider time) : IRunObserver
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    long _started;
    long _lastLine;
    int _before;

    public void Started(RunDescription run, int done, int total)
    {
        _started = _lastLine = time.GetTimestamp();
        _before = done;
        output.WriteLine(done == 0 ? $"{run.Name}: {total} items" : $"{run.Name}: {total} items, {done} of them recorded before");
    }

    public void ModelOpened(ModelInfo model) => output.WriteLine($"{model.Spec} ({model.Precision})");

    public void Completed(Prediction prediction, int done, int total)
    {
        if (prediction.Error is { } error)
        {
            output.WriteLine($"{prediction.Case} failed: {error}");
        }

        if (done < total && time.GetElapsedTime(_lastLine) < Interval)
        {
            return;
        }

        _lastLine = time.GetTimestamp();
        var rate = (done - _before) / Math.Max(time.GetElapsedTime(_started).TotalSeconds, 1e-9);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{done}/{total}  {rate:F1}/s  {(total - done) / rate:F0} s left"));
    }
}
