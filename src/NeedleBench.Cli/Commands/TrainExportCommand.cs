using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NeedleBench.Training.Shards;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench train export</c>: a recipe's examples as files for the PyTorch trainer.</summary>
static class TrainExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var recipe = TrainCommand.Recipe();
        var corpus = SharedOptions.Corpus();
        var output = new Option<string>("--out") { Description = "The folder for the shards.", HelpName = "folder", Required = true };
        var examples = new Option<long>("--examples") { Description = "Positions of the recipe's stream to write.", HelpName = "n", Required = true };
        var first = new Option<long>("--first") { Description = "Index in the stream of the first one. Default: 0.", HelpName = "index" };
        var size = new Option<int?>("--shard-size") { Description = "Positions a shard. Default: 65536.", HelpName = "n" }.AtLeast(1);
        var threads = new Option<int?>("--threads") { Description = "No part of the result. Default: all cores.", HelpName = "n" }.AtLeast(1);
        var tokenizer = new Option<string?>("--tokenizer") { Description = "A tokenizer.model. Default: trained as the recipe says.", HelpName = "file" };
        var heldOut = new Option<bool>("--held-out") { Description = "Write the examples that the recipe evaluates on." };
        var command = new Command("export", "Write a recipe's examples as shards for PyTorch. Interrupted, the same command goes on.")
        {
            recipe, corpus, output, examples, first, size, threads, tokenizer, heldOut,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var defaults = new ShardExportOptions { Examples = parsed.GetRequiredValue(examples) };
            var options = defaults with
            {
                First = parsed.GetValue(first),
                ShardSize = parsed.GetValue(size) ?? defaults.ShardSize,
                Threads = parsed.GetValue(threads) ?? defaults.Threads,
                HeldOut = parsed.GetValue(heldOut),
            };
            options.Check();
            var export = new ShardExport(TrainCommand.Read(parsed.GetRequiredValue(recipe)), CorpusReader.Read(parsed.GetValue(corpus)!), options);
            var folder = parsed.GetRequiredValue(output);
            var started = Stopwatch.GetTimestamp();
            export.Run(
                folder,
                parsed.GetValue(tokenizer),
                written => terminal.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{written} of {options.Shards} shards, {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s")),
                cancellationToken);
            terminal.Out.WriteLine($"{folder}: {options.Examples} examples in {options.Shards} shards");
            return Task.FromResult(ExitCodes.Fine);
        });
        return command;
    }
}
