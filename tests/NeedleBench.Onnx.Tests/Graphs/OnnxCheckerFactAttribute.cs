using System.ComponentModel;
using System.Diagnostics;

namespace NeedleBench.Onnx.Tests.Graphs;

/// <summary>A fact that needs Python's <c>onnx</c> package; skipped where <c>python3</c> does not have it.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class OnnxCheckerFactAttribute : FactAttribute
{
    public OnnxCheckerFactAttribute()
    {
        if (Python("import onnx") is { } failure)
        {
            Skip = $"needs python3 with the package onnx ({failure})";
        }
    }

    /// <summary>Runs a program; null where it ends well, else the last line that it wrote.</summary>
    public static string? Python(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", ["-c", program, .. arguments])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : (errors + output.Result).Trim().Split('\n')[^1];
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
