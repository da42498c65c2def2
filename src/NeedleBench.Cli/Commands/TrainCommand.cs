using System.CommandLine;
using System.Globalization;
using NeedleBench.Cli.Rendering;
using NeedleBench.Training.Recipes;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench train</c>: a Simple Attention Network from nothing, as a recipe says.</summary>
static class TrainCommand
{
    const string RecipeFolder = "src/NeedleBench.Training/Recipes";

    public static Command Create(Terminal terminal)
    {
        var recipe = Recipe();
        var corpus = SharedOptions.Corpus();
        var output = new Option<string?>("--out") { Description = "The folder that the checkpoint lands in. Default: models/<recipe's name>.", HelpName = "folder" };
        var resume = new Option<bool>("--resume") { Description = "Go on with what stands in the folder." };
        var threads = new Option<int?>("--threads") { Description = "Part of the result: sums over threads are rounded in their order. Default: all cores.", HelpName = "n" }.AtLeast(1);
        var least = new Option<double?>("--at-least") { Description = "Fail (exit 1) where exact match on the evaluation examples ends below this percentage.", HelpName = "percent" };
        var command = new Command("train", "Train a model from nothing, as a recipe says. Interrupted, it can be resumed.")
        {
            recipe, corpus, output, resume, threads, least, TrainExportCommand.Create(terminal),
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var read = Read(parsed.GetRequiredValue(recipe));
            var folder = parsed.GetValue(output) ?? Path.Combine("models", read.Name);
            var run = new TrainingRun(read, CorpusReader.Read(parsed.GetValue(corpus)!), folder, parsed.GetValue(threads) ?? Environment.ProcessorCount);
            var result = await run.RunAsync(parsed.GetValue(resume), new TrainingLinesObserver(terminal.Error, TimeProvider.System), cancellationToken);
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"san:{folder}  {result.Exact} of {result.Examples} evaluation examples exact ({result.ExactMatch * 100:F1} %)"));
            return parsed.GetValue(least) is { } percent && result.ExactMatch * 100 < percent ? ExitCodes.Failures : ExitCodes.Fine;
        });
        return command;
    }

    /// <summary>The option that <see cref="Read"/> understands.</summary>
    public static Option<string> Recipe() => new("--recipe")
    {
        Description = $"A recipe's file, or the name of one in {RecipeFolder}.",
        HelpName = "name",
        Required = true,
    };

    /// <exception cref="InputException">There is no such recipe, or it cannot be read.</exception>
    public static TrainingRecipe Read(string named) =>
        TrainingRecipe.Read(File.Exists(named) ? named : Path.Combine(RecipeFolder, $"{named}.json"));
}
