using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NeedleBench.Harness.Running;

/// <summary>Finds out what machine this is.</summary>
public static class MachineProbe
{
    public static MachineDescription Describe() => new(
        RuntimeInformation.OSDescription.Trim(),
        CpuName(),
        Environment.ProcessorCount,
        Simd(),
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        $"{RuntimeInformation.FrameworkDescription} {RuntimeInformation.RuntimeIdentifier}");

    static string CpuName()
    {
        const string Info = "/proc/cpuinfo";
        string[] keys = ["model name", "Hardware", "Model"];
        try
        {
            if (File.Exists(Info))
            {
                var fields = File.ReadLines(Info).Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
                    .Select(pair => (Key: pair[0].Trim(), Value: pair[1].Trim())).Where(field => field.Value.Length > 0).ToList();
                foreach (var key in keys)
                {
                    if (fields.FirstOrDefault(field => field.Key == key) is { Value: { } name })
                    {
                        return name;
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A sandbox may hide it: the fallback below says less, but is true.
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    static string Simd()
    {
        var baseline = Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? "AVX-512"
            : Avx2.IsSupported ? "AVX2"
            : Avx.IsSupported ? "AVX"
            : AdvSimd.IsSupported ? "AdvSIMD"
            : Vector128.IsHardwareAccelerated ? "128-bit"
            : "none";
        return Fma.IsSupported ? $"{baseline}+FMA" : baseline;
    }
}
