using System.CommandLine;
using NeedleBench.Cli.Providers;
using NeedleBench.Cli.Rendering;
using NeedleBench.Harness.Baselines;
using NeedleBench.Harness.PeakMemory;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench run</c>: asks models the cases of suites, scores the answers and writes a leaderboard.</summary>
static class RunCommand
{
    public static Command Create(Terminal terminal, ChildStarter? startChild)
    {
        var models = new Option<string[]>("--model")
        {
            Description = "A model, as scheme:name?key=value; see 'models list'. May stand several times.",
            HelpName = "spec",
            DefaultValueFactory = _ => [SharedOptions.DefaultModel],
        };
        var suites = new Option<string[]>("--suite") { Description = "A suite by name. May stand several times; all where none is given.", HelpName = "name" };
        var suitesRoot = SharedOptions.Suites();
        var results = new Option<string>("--results") { Description = "The folder that runs land in.", HelpName = "folder", DefaultValueFactory = _ => "results" };
        var name = new Option<string?>("--name") { Description = "The run's name, its folder under --results. Default: date, time and model.", HelpName = "name" };
        var resume = new Option<bool>("--resume")
        {
            Description = "Go on with a run that was interrupted: --name's, else the newest unfinished one of the same models and suites. Starts anew where there is none.",
        };
        var repeats = new Option<int?>("--repeat") { Description = "How often each case is asked. Default: 1.", HelpName = "n" }.AtLeast(1);
        var warmups = new Option<int?>("--warmup") { Description = "Unrecorded calls before each model's first case. Default: 1.", HelpName = "n" }.AtLeast(0);
        var limit = new Option<int?>("--limit") { Description = "Only the first cases of each suite.", HelpName = "n" }.AtLeast(1);
        var maxTokens = SharedOptions.MaxTokens();
        var noBaselines = new Option<bool>("--no-baselines") { Description = "Leave out the floors and ceilings that stand in every leaderboard." };
        var noMemory = new Option<bool>("--no-memory") { Description = "Do not measure each model's memory, which takes a process of its own for a few cases." };
        var plugins = SharedOptions.Plugins();

        var command = new Command("run", "Ask models the cases of suites, score the answers, and write a leaderboard to results/<run>/.")
        {
            models, suites, suitesRoot, results, name, resume, repeats, warmups, limit, maxTokens, noBaselines, noMemory, plugins,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            string[] specs = parsed.GetValue(noBaselines)
                ? parsed.GetValue(models)!
                : [.. parsed.GetValue(models)!, .. BaselineProvider.Specs.Except(parsed.GetValue(models)!)];
            var loaded = SuiteCatalog.Load(parsed.GetValue(suitesRoot)!, parsed.GetValue(suites) ?? []);
            var defaults = new RunOptions();
            var options = new RunOptions
            {
                Repeats = parsed.GetValue(repeats) ?? defaults.Repeats,
                Warmups = parsed.GetValue(warmups) ?? defaults.Warmups,
                CasesPerSuite = parsed.GetValue(limit),
                MaxOutputTokens = parsed.GetValue(maxTokens),
            };
            var root = parsed.GetValue(results)!;
            var request = new RunRequest
            {
                Results = root,
                Name = parsed.GetValue(name)
                    ?? (parsed.GetValue(resume) ? RunNames.NewestUnfinished(root, specs, loaded) : null)
                    ?? RunNames.New(parsed.GetValue(models)!, TimeProvider.System),
                Models = specs,
                Suites = loaded,
                Options = options,
                Resume = parsed.GetValue(resume),
            };
            var meter = startChild is null || parsed.GetValue(noMemory)
                ? null
                : new ChildMemoryMeter(terminal.Error, startChild, parsed.GetValue(plugins) ?? []);
            var catalog = KnownProviders.Catalog(parsed.GetValue(plugins), loaded);
            return ExecuteAsync(terminal, catalog, request, meter, parsed.GetValue(suitesRoot)!, cancellationToken);
        });
        return command;
    }

    static async Task<int> ExecuteAsync(
        Terminal terminal, ModelCatalog catalog, RunRequest request, IMemoryMeter? meter, string suitesRoot, CancellationToken cancellationToken)
    {
        var runner = new Runner(catalog, TimeProvider.System);
        var outcome = await RunProgressView.ShowAsync(terminal, observer => runner.RunAsync(request, observer, cancellationToken));
        var folder = Path.Combine(request.Results, request.Name);
        if (outcome.Interrupted || !await MeasureMemoryAsync(catalog, request, meter, cancellationToken))
        {
            await terminal.Error.WriteLineAsync(
                $"Interrupted after {outcome.Resumed + outcome.Answered + outcome.Errors} of {outcome.Planned}. "
                + $"Go on with the same command and --resume --name {request.Name}.");
            return ExitCodes.Interrupted;
        }

        var scored = RunReports.Score(folder, suitesRoot);
        RunReports.Print(terminal, folder, scored);
        var errors = scored.Summary.Models.Sum(m => m.Overall.Errors);
        if (errors > 0)
        {
            await terminal.Error.WriteLineAsync($"The models failed on {errors} of {outcome.Planned} items; {RunFolder.PredictionsFile} says how.");
            return ExitCodes.Failures;
        }

        return ExitCodes.Fine;
    }

    // After the cases, when no model of ours is open. False where it was cancelled.
    static async Task<bool> MeasureMemoryAsync(ModelCatalog catalog, RunRequest request, IMemoryMeter? meter, CancellationToken cancellationToken)
    {
        if (meter is null)
        {
            return true;
        }

        try
        {
            await new MemoryRecorder(catalog, meter).RecordAsync(request, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
