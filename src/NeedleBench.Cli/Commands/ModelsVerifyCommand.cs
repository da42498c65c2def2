using System.CommandLine;
using System.Globalization;
using NeedleBench.Cli.Providers;
using NeedleBench.Harness.Verification;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench models verify</c>: does a model answer as an independent implementation of it recorded?</summary>
static class ModelsVerifyCommand
{
    const int MostShown = 5;

    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("model") { Description = "The model, as scheme:name?key=value." };
        var vectors = new Option<string>("--vectors")
        {
            Description = "Recorded answers: JSONL, or JSON with 'examples', of {query, tools} with output_ids, expected_token_ids, output_text or expected_text.",
            HelpName = "file",
            Required = true,
        };
        var constrained = new Option<bool>("--constrained") { Description = "Decode under constraints, as the answers were recorded. Default: plain greedy." };
        var least = new Option<double?>("--at-least") { Description = "Fail (exit 1) below this percentage of equal outputs.", HelpName = "percent" };
        var plugins = SharedOptions.Plugins();
        var command = new Command("verify", "Compare a model's outputs with recorded ones, and report the share that is equal.")
        {
            model, vectors, constrained, least, plugins,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var recorded = VectorFile.Read(parsed.GetRequiredValue(vectors));
            using var opened = await KnownProviders.Catalog(parsed.GetValue(plugins)).OpenAsync(parsed.GetRequiredValue(model), cancellationToken);
            var result = await Verifier.VerifyAsync(opened, recorded, parsed.GetValue(constrained), cancellationToken: cancellationToken);
            foreach (var difference in result.Differences.Take(MostShown))
            {
                Show(terminal, difference);
            }

            if (result.Differences.Count > MostShown)
            {
                terminal.Error.WriteLine($"… and {result.Differences.Count - MostShown} more.");
            }

            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{result.Equal} of {result.Vectors} outputs equal ({result.Share * 100:F2} %)"));
            return parsed.GetValue(least) is { } percent && result.Share * 100 < percent ? ExitCodes.Failures : ExitCodes.Fine;
        });
        return command;
    }

    static void Show(Terminal terminal, VectorDifference difference)
    {
        var where = difference.Vector.Line is { } line ? $"line {line}" : $"vector {difference.Index}";
        var token = difference.FirstDifferentToken is { } at ? $", from token {at}" : "";
        terminal.Error.WriteLine($"{where} differs{token}: {difference.Vector.Request.Query}");
        terminal.Error.WriteLine($"    expected {difference.Vector.ExpectedText ?? string.Join(' ', difference.Vector.ExpectedIds!)}");
        terminal.Error.WriteLine($"    got      {difference.Answer.RawText}");
    }
}
