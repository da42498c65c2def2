using System.CommandLine;
using NeedleBench.Cli.Rendering;
using NeedleBench.Remote.Downloads;
using Spectre.Console;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench models pull</c>: fetches a model of the catalogue into the cache, verified and whole.</summary>
static class ModelsPullCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string?>("name") { Description = "The model, as 'models pull --list' names it.", Arity = ArgumentArity.ZeroOrOne };
        var precision = new Option<string?>("--precision") { Description = "Which of the model's precisions. Default: the one marked in the list.", HelpName = "name" };
        var from = new Option<string?>("--from")
        {
            Description = $"The base address of a mirror. Default: {DownloadOptions.BaseVariable}, or else what the catalogue says.",
            HelpName = "address",
        };
        var catalogueFile = new Option<string?>("--catalogue") { Description = "A catalogue of your own, instead of the one in the box.", HelpName = "file" };
        var list = new Option<bool>("--list") { Description = "List what can be pulled, and what was; download nothing." };
        var command = new Command(
            "pull",
            $"Download a model. A cut download is resumed; what comes is verified, and stands in the cache ({ModelCache.HomeVariable}) only when it is whole. "
            + $"A token for gated models is read from {DownloadOptions.TokenVariable}.")
        {
            name, precision, from, catalogueFile, list,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var catalogue = parsed.GetValue(catalogueFile) is { } file ? DownloadCatalogue.Load(file) : DownloadCatalogue.BuiltIn();
            var cache = ModelCache.Default();
            var named = parsed.GetValue(name);
            if (parsed.GetValue(list))
            {
                List(terminal, named is null ? catalogue.Models : [catalogue.Find(named)], cache);
                return ExitCodes.Fine;
            }

            var model = catalogue.Find(named ?? throw new InputException("no model is named", "Name one; 'models pull --list' shows them."));
            var wanted = parsed.GetValue(precision) ?? model.DefaultPrecision;
            _ = model.FilesOf(wanted);
            var downloader = new ModelDownloader(catalogue, cache, DownloadOptions.FromEnvironment(parsed.GetValue(from)));
            return await PullAsync(terminal, downloader, model, wanted, cancellationToken);
        });
        return command;
    }

    static async Task<int> PullAsync(Terminal terminal, ModelDownloader downloader, DownloadableModel model, string precision, CancellationToken cancellationToken)
    {
        var says = terminal.Error;
        await says.WriteLineAsync($"{model.Name} ({precision}) from {downloader.BaseAddress.AbsoluteUri.TrimEnd('/')}/{model.Repository}, revision {model.Revision}");
        await says.WriteLineAsync($"Licence: {model.Licence.Name}, {model.Licence.Address}");
        try
        {
            var pulled = await PullView.ShowAsync(terminal, observer => downloader.PullAsync(model.Name, precision, observer, cancellationToken));
            await says.WriteLineAsync(pulled.Downloaded == 0
                ? $"All of it was there, and is as it was received: {Quantity.Bytes(pulled.Bytes)}."
                : $"{Quantity.Files(pulled.Downloaded)} downloaded; the model has {Quantity.Bytes(pulled.Bytes)}.");
            if (pulled.Pinned > 0)
            {
                var pins = Path.Combine(pulled.Folder, ModelLock.FileName);
                await says.WriteLineAsync($"The catalogue has no SHA-256 for {Quantity.Files(pulled.Pinned)} of these: what came is pinned in {pins}, and later pulls must match it.");
            }

            await terminal.Out.WriteLineAsync(model.SpecOf(pulled.Folder));
            return ExitCodes.Fine;
        }
        catch (DownloadException e)
        {
            await says.WriteLineAsync($"error: {e.Message}");
            return ExitCodes.Failures;
        }
    }

    static void List(Terminal terminal, IReadOnlyList<DownloadableModel> models, ModelCache cache)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Model", "Precision", "Size", "Licence", "Pulled");
        foreach (var model in models)
        {
            foreach (var precision in model.Precisions.Keys)
            {
                var folder = cache.Find(model.Name, precision);
                var size = model.SizeOf(precision) ?? (folder is null ? null : ModelLock.Read(folder)?.Files.Sum(f => f.Size));
                table.AddRow(
                    [.. new[]
                    {
                        model.Name, precision == model.DefaultPrecision ? $"{precision} (default)" : precision,
                        size is null ? "unknown" : Quantity.Bytes(size.Value), model.Licence.Name, folder is null ? "no" : "yes",
                    }.Select(Markup.Escape)]);
            }
        }

        terminal.Tables.Write(table);
    }
}
