using NeedleBench.Harness.Running;

namespace NeedleBench.Cli.Rendering;

/// <summary>Shows how a run goes: a bar where someone watches, plain lines where not.</summary>
static class RunProgressView
{
    public static Task<RunOutcome> ShowAsync(Terminal terminal, Func<IRunObserver, Task<RunOutcome>> run) =>
        terminal.IsInteractive ? ProgressBarObserver.ShowAsync(terminal.Live, run) : run(new PlainLinesObserver(terminal.Error, TimeProvider.System));
}
