using System.CommandLine;
using NeedleBench.Cli.Commands;

namespace NeedleBench.Cli;

/// <summary>The <c>needlebench</c> command: its tree, and the way from exceptions to exit codes.</summary>
static class CommandLine
{
    public static async Task<int> InvokeAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        var parsed = Create(terminal).Parse(args);
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

    static RootCommand Create(Terminal terminal) =>
        new($"Honest measurement of small tool-calling models.\n\n{ExitCodes.Help}")
        {
            RunCommand.Create(terminal),
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
        };
}
