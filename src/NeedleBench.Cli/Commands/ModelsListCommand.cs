using System.CommandLine;
using NeedleBench.Cli.Providers;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench models list</c>: the schemes, and the models that open as they are.</summary>
static class ModelsListCommand
{
    public static Command Create(Terminal terminal)
    {
        var plugins = SharedOptions.Plugins();
        var command = new Command("list", "List the kinds of models, and those that open here and now.") { plugins };
        command.SetAction(parsed =>
        {
            foreach (var provider in KnownProviders.Catalog(parsed.GetValue(plugins)).Providers.OrderBy(p => p.Scheme, StringComparer.Ordinal))
            {
                terminal.Out.WriteLine($"{provider.Scheme}:  {provider.Summary}");
                foreach (var spec in provider.Available)
                {
                    terminal.Out.WriteLine($"    {spec}");
                }
            }

            return ExitCodes.Fine;
        });
        return command;
    }
}
