using System.Diagnostics;
using System.Globalization;

namespace NeedleBench.Harness.PeakMemory;

/// <summary>What this process takes, as the operating system counts it.</summary>
static class ProcessMemory
{
    const string Status = "/proc/self/status";

    /// <summary>The most bytes that were resident at once since the process began: VmHWM of proc(5) on Linux.</summary>
    /// <exception cref="InputException">The system does not tell.</exception>
    public static long PeakResidentBytes()
    {
        var peak = File.Exists(Status) ? FromStatus(File.ReadLines(Status)) : FromProcess();
        return peak ?? throw new InputException("this system does not tell how much memory a process took at its peak", "Leave the memory out with --no-memory.");
    }

    /// <summary>The field <c>VmHWM:     2192 kB</c>, where kB is 1024 bytes (proc(5)); null where it is missing.</summary>
    public static long? FromStatus(IEnumerable<string> lines)
    {
        const string Field = "VmHWM:";
        const string Unit = "kB";
        var value = lines.FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))?[Field.Length..].Trim();
        return value is not null && value.EndsWith(Unit, StringComparison.Ordinal)
            && long.TryParse(value[..^Unit.Length], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * 1024
            : null;
    }

    // Zero on systems for which .NET does not know it.
    static long? FromProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 is > 0 and var bytes ? bytes : null;
    }
}
