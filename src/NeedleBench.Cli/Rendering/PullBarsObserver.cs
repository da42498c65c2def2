using NeedleBench.Remote.Downloads;
using Spectre.Console;

namespace NeedleBench.Cli.Rendering;

/// <summary>A live bar for each file of a download.</summary>
sealed class PullBarsObserver(ProgressContext context) : IPullObserver
{
    ProgressTask? _waiting;
    ProgressTask? _task;

    public void Waiting() => _waiting = context.AddTask("Another process pulls this model; waiting for it.").IsIndeterminate();

    public void Started(string path, long? size)
    {
        _waiting?.StopTask();
        _task = context.AddTask(Markup.Escape(path), maxValue: Math.Max(size ?? 1, 1));
        _task.IsIndeterminate = size is null;
    }

    public void Received(string path, long bytes, long? size)
    {
        _task!.IsIndeterminate = size is null;
        _task.MaxValue = Math.Max(size ?? bytes, 1);
        _task.Value = bytes;
        _task.Description = Markup.Escape(path);
    }

    public void Retrying(string path, string problem, TimeSpan wait) => _task!.Description = Markup.Escape($"{path} ({problem}; trying again)");

    public void Finished(string path, FileOutcome outcome, long bytes)
    {
        _task!.IsIndeterminate = false;
        _task.MaxValue = Math.Max(bytes, 1);
        _task.Value = _task.MaxValue;
        _task.Description = Markup.Escape(outcome switch
        {
            FileOutcome.AlreadyThere => $"{path} (was there)",
            FileOutcome.Absent => $"{path} (optional; the server has none)",
            _ => path,
        });
        _task.StopTask();
    }
}
