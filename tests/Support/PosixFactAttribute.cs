namespace NeedleBench.Tests;

/// <summary>A fact that sends POSIX signals; skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class PosixFactAttribute : FactAttribute
{
    public PosixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "needs POSIX signals";
        }
    }
}
