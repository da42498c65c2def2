using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace NeedleBench.Cli;

/// <summary>Runs a command of this executable in a child process, to its end.</summary>
/// <param name="arguments">The command and its options.</param>
/// <param name="input">What stands on its standard input.</param>
/// <param name="cancellationToken">Kills the child.</param>
/// <returns>How it ended.</returns>
delegate Task<ChildResult> ChildStarter(IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken);

/// <summary>How a child process ended.</summary>
sealed record ChildResult(int ExitCode, string Output, string Error);

/// <summary>This executable, to be started again.</summary>
static class OwnExecutable
{
    /// <inheritdoc cref="ChildStarter"/>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired; the child is dead.</exception>
    public static async Task<ChildResult> RunAsync(IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };

        // "dotnet needlebench.dll" is started as it was, the executable beside the assembly as itself.
        if (string.Equals(Path.GetFileNameWithoutExtension(start.FileName), "dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var child = Process.Start(start)!;
        try
        {
            var output = child.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = child.StandardError.ReadToEndAsync(cancellationToken);
            await WriteInputAsync(child, input, cancellationToken);
            await child.WaitForExitAsync(cancellationToken);
            return new ChildResult(child.ExitCode, await output, await error);
        }
        catch
        {
            child.Kill(entireProcessTree: true);
            throw;
        }
    }

    static async Task WriteInputAsync(Process child, string input, CancellationToken cancellationToken)
    {
        try
        {
            await child.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            child.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything: its exit code and its messages say why.
        }
    }
}
