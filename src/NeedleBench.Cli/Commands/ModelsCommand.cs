using System.CommandLine;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench models</c>: what can be opened, and what it is.</summary>
static class ModelsCommand
{
    public static Command Create(Terminal terminal) => new("models", "List, inspect, pull, import and verify models.")
    {
        ModelsListCommand.Create(terminal),
        ModelsInspectCommand.Create(terminal),
        ModelsPullCommand.Create(terminal),
        ModelsImportCommand.Create(terminal),
        ModelsVerifyCommand.Create(terminal),
    };
}
