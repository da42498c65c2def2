using Spectre.Console;

namespace NeedleBench.Cli;

/// <summary>Where a command writes: results to one stream, progress and complaints to the other.</summary>
sealed class Terminal(TextWriter output, TextWriter error)
{
    /// <summary>Results: what a script reads.</summary>
    public TextWriter Out { get; } = output;

    /// <summary>Progress and messages, as plain lines.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Results, as tables.</summary>
    public IAnsiConsole Tables { get; } = Create(output);

    /// <summary>Progress, live where someone watches.</summary>
    public IAnsiConsole Live { get; } = Create(error);

    /// <summary>Whether someone watches the progress.</summary>
    public bool IsInteractive => Live.Profile.Capabilities.Interactive && Live.Profile.Out.IsTerminal;

    static IAnsiConsole Create(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            // A file has no width: do not wrap what a script will read.
            console.Profile.Width = 240;
        }

        return console;
    }
}
