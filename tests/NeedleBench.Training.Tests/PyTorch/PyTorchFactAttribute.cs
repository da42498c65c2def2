using System.ComponentModel;
using System.Diagnostics;

namespace NeedleBench.Training.Tests.PyTorch;

/// <summary>A fact that needs a python3 with PyTorch and NumPy; skipped, saying why, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class PyTorchFactAttribute : FactAttribute
{
    // A python3 of one's own on PATH may lack what the system's has.
    static readonly string[] Candidates = ["python3", "/usr/bin/python3"];

    public PyTorchFactAttribute()
    {
        if (Python is null)
        {
            Skip = "needs python3 with torch and numpy (Debian's packages python3-torch and python3-numpy)";
        }
    }

    /// <summary>The first that has both; null where none has.</summary>
    public static string? Python { get; } = Candidates.FirstOrDefault(HasPyTorch);

    static bool HasPyTorch(string python)
    {
        // Finding a package does not load it: that takes seconds.
        const string Find = "import importlib.util as u, sys; sys.exit(not (u.find_spec('torch') and u.find_spec('numpy')))";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", Find]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }
}
