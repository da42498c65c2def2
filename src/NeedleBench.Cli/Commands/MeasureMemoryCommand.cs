using System.CommandLine;
using System.Text;
using System.Text.Json;
using NeedleBench.Cli.Providers;
using NeedleBench.Harness;
using NeedleBench.Harness.PeakMemory;

namespace NeedleBench.Cli.Commands;

/// <summary>
/// <c>needlebench measure-memory</c>, hidden: what <c>run</c> starts in a child process for each model. Reads requests from
/// standard input, and prints one JSON line.
/// </summary>
static class MeasureMemoryCommand
{
    public const string Name = "measure-memory";

    public static Command Create(Terminal terminal)
    {
        var model = SharedOptions.Model();
        var plugins = SharedOptions.Plugins();
        var command = new Command(Name, "Measure the memory that a model takes in this process; requests stand on standard input.") { model, plugins };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var catalog = KnownProviders.Catalog(parsed.GetValue(plugins));
            using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
            var requests = RequestLines.Read(input);
            try
            {
                var measurement = await MemoryProbe.MeasureAsync(catalog, parsed.GetValue(model)!, requests, cancellationToken);
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(measurement, HarnessJson.Line));
                return ExitCodes.Fine;
            }
            catch (Exception e) when (e is not InputException && !cancellationToken.IsCancellationRequested)
            {
                // Whatever a model throws, in one line for the parent's warning.
                await terminal.Error.WriteLineAsync($"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
                return ExitCodes.Failures;
            }
        });
        return command;
    }
}
