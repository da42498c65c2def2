using System.Diagnostics;

namespace NeedleBench.EndToEnd.Tests;

/// <summary>Watches a run's predictions grow.</summary>
static class PredictionFile
{
    public static int Lines(string file)
    {
        if (!File.Exists(file))
        {
            return 0;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        return bytes.AsSpan(0, stream.Read(bytes)).Count((byte)'\n');
    }

    /// <summary>Returns when the file has so many lines, or the process has ended.</summary>
    public static async Task WaitForLinesAsync(string file, int lines, Process process)
    {
        while (!process.HasExited && Lines(file) < lines)
        {
            await Task.Delay(1);
        }
    }
}
