using System.CommandLine;
using System.Globalization;
using NeedleBench.Cli.Providers;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;
using NeedleBench.San;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench models parity</c>: do two runtimes of a SAN compute the same?</summary>
static class ModelsParityCommand
{
    public static Command Create(Terminal terminal)
    {
        var reference = new Argument<string>("reference") { Description = "The SAN to hold others against, e.g. san:san-nano." };
        var others = new Argument<string[]>("models") { Description = "Others, e.g. onnx:FOLDER.", Arity = ArgumentArity.OneOrMore };
        var root = SharedOptions.Suites();
        var suites = new Option<string[]>("--suite") { Description = "Only this suite. May stand several times.", HelpName = "name" };
        var least = new Option<double?>("--at-least") { Description = "Fail (exit 1) where fewer answers have the reference's tokens.", HelpName = "percent" };
        var command = new Command("parity", "Ask two or more runtimes of a SAN all suite cases, and compare tokens and logits.") { reference, others, root, suites, least };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var cases = SuiteCatalog.Load(parsed.GetValue(root)!, parsed.GetValue(suites) ?? []).SelectMany(suite => suite.Cases).ToList();
            var rows = new List<Row>();
            try
            {
                foreach (var spec in parsed.GetRequiredValue(others).Prepend(parsed.GetRequiredValue(reference)))
                {
                    rows.Add(new Row(await OpenAsync(spec, cancellationToken)));
                }

                foreach (var item in cases)
                {
                    await AskAsync(rows, item, cancellationToken);
                }
            }
            finally
            {
                rows.ForEach(row => row.Model.Dispose());
            }

            terminal.Out.WriteLine($"| model | precision | same tokens, of {cases.Count} | exact match | largest logit difference |");
            terminal.Out.WriteLine("| --- | --- | ---: | ---: | ---: |");
            rows.ForEach(row => terminal.Out.WriteLine(row.ToMarkdown(cases.Count)));
            return parsed.GetValue(least) is { } percent && rows.Exists(row => Row.Share(row.SameTokens, cases.Count) < percent)
                ? ExitCodes.Failures
                : ExitCodes.Fine;
        });
        return command;
    }

    static async Task<SanToolCallingModel> OpenAsync(string spec, CancellationToken cancellationToken)
    {
        var opened = await KnownProviders.Catalog(null).OpenAsync(spec, cancellationToken);
        if (opened is SanToolCallingModel san)
        {
            return san;
        }

        opened.Dispose();
        throw new InputException($"'{spec}' is no SAN", "Only runtimes of a SAN show their logits: name san: or onnx: models.");
    }

    static async Task AskAsync(List<Row> rows, SuiteCase item, CancellationToken cancellationToken)
    {
        var prepared = PreparedCase.Of(item);
        TracedAnswer? expected = null;
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await TracedAnswer.AskAsync(row.Model, item.ToRequest(), cancellationToken);
            expected ??= answer;
            row.SameTokens += answer.HasTokensOf(expected) ? 1 : 0;
            row.LargestDifference = Math.Max(row.LargestDifference, answer.LargestDifference(expected));
            row.Exact += answer.Response.Failure is null && StrictMatcher.Match(prepared, answer.Response.Calls).IsExact ? 1 : 0;
        }
    }

    sealed class Row(SanToolCallingModel model)
    {
        public SanToolCallingModel Model { get; } = model;

        public int SameTokens { get; set; }

        public int Exact { get; set; }

        public float LargestDifference { get; set; }

        public static double Share(int count, int cases) => 100.0 * count / cases;

        public string ToMarkdown(int cases) => string.Create(
            CultureInfo.InvariantCulture,
            $"| {Model.Info.Name} | {Model.Info.Precision} | {Share(SameTokens, cases):F2} % | {Share(Exact, cases):F2} % | {LargestDifference:G3} |");
    }
}
