using System.CommandLine;
using NeedleBench.Cli.Commands;

namespace NeedleBench.Cli;

/// <summary>The <c>needlebench</c> command: its tree, and the way from exceptions to exit codes.</summary>
static class CommandLine
{
    /// <summary>Without child processes: nothing is measured in them.</summary>
    public static Task<int> InvokeAsync(string[] args, Terminal terminal, CancellationToken cancellationToken) =>
        InvokeAsync(args, terminal, null, cancellationToken);

    public static async Task<int> InvokeAsync(string[] args, Terminal terminal, ChildStarter? startChild, CancellationToken cancellationToken)
    {
        var parsed = Create(terminal, startChild).Parse(args);
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // signals are ours: an interrupted run must end between two items
        };
        try
        {
            var code = await parsed.InvokeAsync(configuration, cancellationToken);
            return parsed.Errors.Count > 0 ? ExitCodes.BadInput : code;
        }
        catch (InputException e)
        {
            await terminal.Error.WriteLineAsync($"error: {e.Message}");
            return ExitCodes.BadInput;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await terminal.Error.WriteLineAsync("Interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync($"error: {e.Message} Check that the place exists, can be written to and has room.");
            return ExitCodes.BadInput;
        }
    }

    static RootCommand Create(Terminal terminal, ChildStarter? startChild) =>
        new($"Honest measurement of small tool-calling models.\n\n{ExitCodes.Help}")
        {
            RunCommand.Create(terminal, startChild),
            CallCommand.Create(terminal),
            ScoreCommand.Create(terminal),
            ReportCommand.Create(terminal),
            CompareCommand.Create(terminal),
            RetrievalCommand.Create(terminal),
            SuitesCommand.Create(terminal),
            ModelsCommand.Create(terminal),
            TokenizerCommand.Create(terminal),
            SynthesizeCommand.Create(terminal),
            TrainCommand.Create(terminal),
            FineTuneCommand.Create(terminal),
            DoctorCommand.Create(terminal),
            MeasureMemoryCommand.Create(terminal),
        };
}
