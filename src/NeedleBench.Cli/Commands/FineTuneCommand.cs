using System.CommandLine;
using NeedleBench.Cli.Rendering;
using NeedleBench.Training.FineTuning;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench finetune</c>: teach a Simple Attention Network a user's own tools.</summary>
static class FineTuneCommand
{
    const int MostWarnings = 20;

    static readonly FineTuneOptions Defaults = new();

    public static Command Create(Terminal terminal)
    {
        var data = new Argument<string>("data") { Description = "Examples in Needle's JSONL: query, tools and answers on each line." };
        var start = new Option<string>("--base") { Description = "The model to begin from: san:<name in the box> or san:<checkpoint folder>.", HelpName = "spec", Required = true };
        var output = new Option<string>("--out") { Description = "The folder that the checkpoint lands in; it opens as san:<folder>.", HelpName = "folder", Required = true };
        var resume = new Option<bool>("--resume") { Description = "Go on with the run in the folder." };
        var corpus = new Option<string?>("--corpus")
        {
            Description = $"The folder of training phrasings to replay. Default: {SharedOptions.DefaultCorpus}, where it is there.",
            HelpName = "folder",
        };
        var replay = new Option<double>("--replay")
        {
            Description = "Share of each batch made from the corpus, to keep what the base can do.",
            HelpName = "share",
            DefaultValueFactory = _ => Defaults.Replay,
        };
        var steps = new Option<int?>("--steps") { Description = "The most steps. Default: as many as the epochs take.", HelpName = "n" }.AtLeast(1);
        var epochs = new Option<int?>("--epochs") { Description = $"The most passes over the training split. Default: {Defaults.Epochs}.", HelpName = "n" }.AtLeast(1);
        var batch = new Option<int?>("--batch") { Description = $"Examples a step, replayed ones included. Default: {Defaults.BatchSize}.", HelpName = "n" }.AtLeast(1);
        var every = new Option<int?>("--evaluate-every") { Description = $"Validate every so many steps. Default: {Defaults.EvaluateEvery}.", HelpName = "steps" }.AtLeast(1);
        var patience = new Option<int?>("--patience") { Description = $"Stop after so many validations without a new best. Default: {Defaults.Patience}.", HelpName = "n" }.AtLeast(1);
        var rate = new Option<double>("--rate") { Description = "A factor on the learning rates.", HelpName = "factor", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong>("--seed") { Description = "Decides the split and the order of everything.", HelpName = "n", DefaultValueFactory = _ => Defaults.Seed };
        var threads = new Option<int?>("--threads") { Description = "Part of the result: sums over threads are rounded in their order. Default: all cores.", HelpName = "n" }.AtLeast(1);
        var command = new Command("finetune", "Teach a model your own tools from examples. Interrupted, it can be resumed.")
        {
            data, start, output, resume, corpus, replay, steps, epochs, batch, every, patience, rate, seed, threads,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = Defaults with
            {
                Steps = parsed.GetValue(steps),
                Epochs = parsed.GetValue(epochs) ?? Defaults.Epochs,
                BatchSize = parsed.GetValue(batch) ?? Defaults.BatchSize,
                Replay = parsed.GetValue(replay),
                MuonRate = (float)(Defaults.MuonRate * parsed.GetValue(rate)),
                AdamRate = (float)(Defaults.AdamRate * parsed.GetValue(rate)),
                EvaluateEvery = parsed.GetValue(every) ?? Defaults.EvaluateEvery,
                Patience = parsed.GetValue(patience) ?? Defaults.Patience,
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads) ?? Defaults.Threads,
            };
            options.Check();
            var from = FineTuneBase.Open(parsed.GetRequiredValue(start));
            var examples = FineTuneData.Read(parsed.GetRequiredValue(data), from.Model.Tokenizer, options.Seed);
            var phrasings = parsed.GetValue(corpus) ?? (Directory.Exists(SharedOptions.DefaultCorpus) ? SharedOptions.DefaultCorpus : null);
            var replayed = options.ReplayedPerBatch > 0 && phrasings is not null ? CorpusReader.Read(phrasings) : null;
            Describe(examples, options.ReplayedPerBatch > 0 && phrasings is null, terminal.Error);

            var folder = parsed.GetRequiredValue(output);
            var result = await new FineTuneRun(options, from, examples, replayed, folder)
                .RunAsync(parsed.GetValue(resume), new FineTuneLinesObserver(terminal.Error, TimeProvider.System), cancellationToken);
            terminal.Tables.Write(FineTuneTable.Of(result));
            terminal.Out.WriteLine($"san:{folder}  {Ending(result)}");
            return ExitCodes.Fine;
        });
        return command;
    }

    static void Describe(FineTuneData data, bool noCorpus, TextWriter messages)
    {
        messages.WriteLine($"{data.Split.Train.Count} examples to train on, {data.Split.Validation.Count} to stop by, {data.Split.Test.Count} to test with");
        if (data.PromptTooLong.Count > 0)
        {
            messages.WriteLine($"warning: {data.PromptTooLong.Count} examples are left out: request and tools fill the encoder's 1024 tokens. Offer fewer tools, or shorten their descriptions.");
        }

        if (data.AnswerTooLong.Count > 0)
        {
            messages.WriteLine($"warning: {data.AnswerTooLong.Count} examples are left out: the answer is longer than the decoder's 512 tokens. Ask for fewer calls in one example.");
        }

        var scarce = data.Groups.Where(g => g.IsScarce).ToList();
        foreach (var group in scarce.Take(MostWarnings))
        {
            messages.WriteLine($"warning: '{group.Name}' has {group.Total} examples; below {DataGroup.Enough} a tool is seldom learnt.");
        }

        if (scarce.Count > MostWarnings)
        {
            messages.WriteLine($"warning: so have {scarce.Count - MostWarnings} other tools.");
        }

        if (noCorpus)
        {
            messages.WriteLine($"warning: there is no folder {SharedOptions.DefaultCorpus}: nothing is replayed, and the model may forget other tools. Name one with --corpus.");
        }
    }

    static string Ending(FineTuneResult result)
    {
        var kept = result.BestStep == 0 ? "no step was better than the base, which is kept" : $"the checkpoint after step {result.BestStep} is kept";
        var ended = result.WasFinished ? "finished before, nothing was done now"
            : result.StoppedEarly ? $"stopped after {result.Steps} steps, as validation got no better" : $"{result.Steps} steps done";
        return $"{ended}; {kept}";
    }
}
