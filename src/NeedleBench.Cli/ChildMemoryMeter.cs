using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using NeedleBench.Cli.Commands;
using NeedleBench.Harness;
using NeedleBench.Harness.PeakMemory;

namespace NeedleBench.Cli;

/// <summary>Measures each model in a child process of this executable. One that fails costs a warning and the figure, not the run.</summary>
/// <param name="messages">Gets the warnings.</param>
/// <param name="start">Starts the child.</param>
/// <param name="plugins">Assemblies named on the command line.</param>
sealed class ChildMemoryMeter(TextWriter messages, ChildStarter start, IReadOnlyList<string> plugins) : IMemoryMeter
{
    /// <summary>Enough for a few answers of a model that writes a token a second.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    public async Task<MemoryMeasurement?> MeasureAsync(
        ModelInfo model, IReadOnlyList<ToolCallRequest> requests, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        string problem;
        try
        {
            string[] arguments = [MeasureMemoryCommand.Name, "--model", model.Spec, .. plugins.SelectMany(p => new[] { "--plugin", p })];
            var child = await start(arguments, RequestLines.Write(requests), limited.Token);
            var measurement = child.ExitCode == ExitCodes.Fine ? Parse(LastLine(child.Output)) : null;
            if (measurement?.Fingerprint == model.Fingerprint)
            {
                return measurement with { Model = model.Spec };
            }

            problem = measurement is null ? Problem(child) : "the model changed while the run went on";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"it took longer than {Limit.TotalMinutes:0} minutes");
        }
        catch (Win32Exception e)
        {
            problem = $"no process could be started: {e.Message}";
        }

        // Ctrl-C reaches the child, too: that it failed then is no news.
        cancellationToken.ThrowIfCancellationRequested();
        await messages.WriteLineAsync($"warning: the memory of {model.Spec} was not measured ({problem.TrimEnd('.')}).");
        return null;
    }

    static MemoryMeasurement? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<MemoryMeasurement>(line, HarnessJson.Line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string Problem(ChildResult child) =>
        LastLine(child.Error) is { Length: > 0 } message
            ? message
            : string.Create(CultureInfo.InvariantCulture, $"its process ended with code {child.ExitCode} and without a figure");

    // A native library may have written before it.
    static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var last] ? last : "";
}
