using System.CommandLine;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench models</c>: what can be opened, and what it is.</summary>
static class ModelsCommand
{
    public static Command Create(Terminal terminal) => new("models", "List, inspect, pull, import, export, verify and compare models.")
    {
        ModelsListCommand.Create(terminal),
        ModelsInspectCommand.Create(terminal),
        ModelsPullCommand.Create(terminal),
        ModelsImportCommand.Create(terminal),
        ModelsExportOnnxCommand.Create(terminal),
        ModelsVerifyCommand.Create(terminal),
        ModelsParityCommand.Create(terminal),
    };
}
