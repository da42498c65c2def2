using System.CommandLine;
using System.Text.Json;
using NeedleBench.Harness;
using NeedleBench.Harness.Baselines;
using NeedleBench.Harness.Comparison;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Statistics;
using NeedleBench.Reports;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench compare</c>: is one run's model better than another's, case by case?</summary>
static class CompareCommand
{
    public static Command Create(Terminal terminal)
    {
        var baseline = new Argument<string>("baseline") { Description = "The folder of a scored run." };
        var candidate = new Argument<string>("candidate") { Description = "The folder of a scored run over the same cases; may be the same one with another model." };
        var baselineModel = Model("--baseline-model", "The model of the first run, where it holds several.");
        var candidateModel = Model("--candidate-model", "The model of the second run, where it holds several.");
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of Markdown." };
        var command = new Command("compare", "Compare two models over the same cases: paired differences with intervals, exact McNemar, Holm over suites.")
        {
            baseline, candidate, baselineModel, candidateModel, json,
        };
        command.SetAction(parsed =>
        {
            var result = PairedComparison.Compare(
                Scores(parsed.GetRequiredValue(baseline), parsed.GetValue(baselineModel)),
                Scores(parsed.GetRequiredValue(candidate), parsed.GetValue(candidateModel)));
            terminal.Out.WriteLine(
                parsed.GetValue(json) ? JsonSerializer.Serialize(result, HarnessJson.Line) : ComparisonMarkdown.Render(result));
            return ExitCodes.Fine;
        });
        return command;
    }

    // The floors and ceilings that stand in every run are compared only where they are named.
    static IReadOnlyList<CaseScore> Scores(string folder, string? model) => PairedComparison.OfModel(
        ScoreFiles.ReadScores(folder).Where(s => model is not null || !BaselineProvider.Specs.Contains(s.Model)), model);

    static Option<string?> Model(string name, string description) => new(name) { Description = description, HelpName = "spec" };
}
