using System.CommandLine;
using NeedleBench.Harness.Hygiene;
using NeedleBench.Harness.Suites;
using NeedleBench.Reports;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench suites validate</c>: everything that is wrong with suites, file and line.</summary>
static class SuitesValidateCommand
{
    public static Command Create(Terminal terminal)
    {
        var root = SharedOptions.Suites();
        var names = new Argument<string[]>("suite") { Description = "Suites to check; all where none is given.", Arity = ArgumentArity.ZeroOrMore };
        var corpus = new Option<string?>("--corpus")
        {
            Description = $"A folder of training phrasings that no query may come near. Default: {SharedOptions.DefaultCorpus}, where it is there.",
            HelpName = "folder",
        };
        var command = new Command("validate", "Check suites: files, schemas, expected answers, ids, duplicates, quotas, training phrasings.") { names, root, corpus };
        command.SetAction(parsed =>
        {
            var suites = SuiteCatalog.Load(parsed.GetValue(root)!, parsed.GetValue(names) ?? []);
            var phrasings = parsed.GetValue(corpus) ?? (Directory.Exists(SharedOptions.DefaultCorpus) ? SharedOptions.DefaultCorpus : null);
            var findings = SuiteValidator.Validate(suites, phrasings);
            terminal.Out.WriteLine(SuiteStatisticsMarkdown.Render(suites));
            foreach (var profile in suites.Select(s => s.Profile).OfType<string>().Distinct().Order(StringComparer.Ordinal))
            {
                terminal.Out.WriteLine($"Quotas of {profile}, held to by {suites.Count(s => s.Profile == profile)} suites: {SuiteQuotas.Of(profile)?.Describe()}.");
            }

            foreach (var finding in findings)
            {
                terminal.Out.WriteLine(finding);
            }

            var errors = findings.Count(f => f.Severity == FindingSeverity.Error);
            var against = phrasings is null ? "not held against training phrasings" : $"held against the training phrasings in {phrasings}";
            terminal.Out.WriteLine(
                $"{suites.Count} suites, {suites.Sum(s => s.Cases.Count)} cases, {against}: {errors} errors, {findings.Count - errors} warnings.");
            return errors > 0 ? ExitCodes.Failures : ExitCodes.Fine;
        });
        return command;
    }
}
