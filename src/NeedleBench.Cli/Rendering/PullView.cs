using NeedleBench.Remote.Downloads;
using Spectre.Console;

namespace NeedleBench.Cli.Rendering;

/// <summary>Shows how a download goes: a bar a file where someone watches, plain lines where not.</summary>
static class PullView
{
    public static Task<PulledModel> ShowAsync(Terminal terminal, Func<IPullObserver, Task<PulledModel>> pull) =>
        terminal.IsInteractive
            ? terminal.Live.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
                .StartAsync(context => pull(new PullBarsObserver(context)))
            : pull(new PullLinesObserver(terminal.Error, TimeProvider.System));
}
