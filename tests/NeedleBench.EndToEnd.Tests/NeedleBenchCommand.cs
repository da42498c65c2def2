using System.Diagnostics;

namespace NeedleBench.EndToEnd.Tests;

/// <summary>Runs the real command in a process of its own, as a user would, in the repository's folder.</summary>
static class NeedleBenchCommand
{
    static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "needlebench.dll");

    public static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = RepositoryFiles.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var arg in args.Prepend(Dll))
        {
            start.ArgumentList.Add(arg);
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs to the end, at most two minutes.</summary>
    public static async Task<CommandResult> RunAsync(params string[] args)
    {
        using var process = Start(args);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await WaitAsync(process);
        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>Waits for the end, at most two minutes.</summary>
    public static async Task WaitAsync(Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', process.StartInfo.ArgumentList)} did not end");
        }
    }
}

/// <summary>How a command ended.</summary>
sealed record CommandResult(int ExitCode, string Output, string Error);
