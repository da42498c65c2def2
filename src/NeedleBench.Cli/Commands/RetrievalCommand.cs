using System.CommandLine;
using NeedleBench.Cli.Providers;
using NeedleBench.Harness.Retrieval;
using NeedleBench.Harness.Suites;
using NeedleBench.Reports;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench retrieval</c>: how well a model's retrieval head finds the right tool among many.</summary>
static class RetrievalCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = SharedOptions.Model();
        var root = SharedOptions.Suites();
        var suites = new Option<string[]>("--suite") { Description = "Only this suite. May stand several times.", HelpName = "name" };
        var offered = new Option<int?>("--tools") { Description = "Tools offered in each case. Default: 100.", HelpName = "n" }.AtLeast(2);
        var readme = new Option<string?>("--readme")
        {
            Description = "A file whose text between '<!-- needlebench:retrieval begin -->' and '… end -->' becomes the table.",
            HelpName = "file",
        };
        var plugins = SharedOptions.Plugins();
        var command = new Command("retrieval", "Rank many tools for each request, and see where the right ones come.") { model, root, suites, offered, readme, plugins };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var count = parsed.GetValue(offered) ?? 100;
            var spec = parsed.GetValue(model)!;
            var cases = SuiteCatalog.Load(parsed.GetValue(root)!, parsed.GetValue(suites) ?? []);
            using var opened = await KnownProviders.Catalog(parsed.GetValue(plugins)).OpenAsync(spec, cancellationToken);
            if (opened is not IToolRanker { CanRankTools: true } ranker)
            {
                throw new InputException($"'{spec}' cannot rank tools", "Name a SAN whose checkpoint has a retrieval head.");
            }

            var table = RetrievalMarkdown.Render(opened.Info.Name, count, RetrievalEvaluation.Run(ranker, cases, count, cancellationToken));
            if (parsed.GetValue(readme) is { } file)
            {
                AtomicFile.Write(file, ReadmeSection.Replace(InputFile.Read(file, "Name the README to write into."), "retrieval", table));
            }

            terminal.Out.Write(table);
            return ExitCodes.Fine;
        });
        return command;
    }
}
