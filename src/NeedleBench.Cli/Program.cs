using System.Globalization;
using System.Runtime.InteropServices;
using NeedleBench.Cli;

// Numbers look the same everywhere, whatever the user's language.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

// The first signal asks the command to stop where nothing is lost; a second one ends the process at once.
using var interrupted = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

return await CommandLine.InvokeAsync(args, new Terminal(Console.Out, Console.Error), OwnExecutable.RunAsync, interrupted.Token);

void Stop(PosixSignalContext signal)
{
    if (!interrupted.IsCancellationRequested)
    {
        signal.Cancel = true;
        interrupted.Cancel();
    }
}
