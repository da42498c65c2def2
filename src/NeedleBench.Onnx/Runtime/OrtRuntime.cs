using System.Runtime.InteropServices;

namespace NeedleBench.Onnx.Runtime;

/// <summary>
/// The loaded library, its one environment and its processor memory. They live as long as the process: sessions and
/// finalisers may need them to the last.
/// </summary>
sealed unsafe class OrtRuntime
{
    // ONNX Runtime's own words reach us in exceptions; on the error stream they would only stand among ours.
    const int LogFatalOnly = 4;
    const int DeviceAllocator = 0;
    const int DefaultMemory = 0;

    OrtRuntime(string file, string version, OrtApi api)
    {
        File = file;
        Version = version;
        Api = api;
        nint environment, allocator, memory;
        var name = NativeText.Utf8("NeedleBench");
        api.Check(api.CreateEnv(LogFatalOnly, NativeText.Pointer(name), &environment));
        GC.KeepAlive(name);

        // Microsoft's own builds for Windows report use to Microsoft; a measurement should not.
        api.Check(api.DisableTelemetryEvents(environment));
        api.Check(api.GetAllocatorWithDefaultOptions(&allocator));
        api.Check(api.CreateCpuMemoryInfo(DeviceAllocator, DefaultMemory, &memory));
        (Environment, Allocator, CpuMemory) = (environment, allocator, memory);
    }

    public string File { get; }

    /// <summary>Such as <c>1.30.0</c>.</summary>
    public string Version { get; }

    public OrtApi Api { get; }

    public nint Environment { get; }

    /// <summary>The allocator of names and of tensors that nobody else allocates.</summary>
    public nint Allocator { get; }

    public nint CpuMemory { get; }

    /// <param name="file">The library.</param>
    /// <param name="whyNot">Why it cannot be used, without a closing full stop.</param>
    public static OrtRuntime? Open(string file, out string? whyNot)
    {
        nint library;
        try
        {
            library = NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            whyNot = $"{file} cannot be loaded ({e.Message.TrimEnd('.')})";
            return null;
        }

        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var export))
        {
            NativeLibrary.Free(library);
            whyNot = $"{file} is not ONNX Runtime: it has no OrtGetApiBase";
            return null;
        }

        // The base is two functions: one gives the table of a version, the other says which release this is.
        var start = ((delegate* unmanaged<nint*>)export)();
        var version = NativeText.Read(((delegate* unmanaged<byte*>)start[1])());
        var table = ((delegate* unmanaged<uint, nint*>)start[0])(OrtApi.Version);
        if (table is null)
        {
            whyNot = $"{file} is ONNX Runtime {version}, and 1.{OrtApi.Version} or later is needed";
            return null;
        }

        whyNot = null;
        return new OrtRuntime(file, version, new OrtApi(table));
    }

    /// <summary>Takes over a text that the library allocated.</summary>
    public string Take(byte* text)
    {
        var read = NativeText.Read(text);
        Free(text);
        return read;
    }

    public void Free(void* memory) => Api.Check(Api.AllocatorFree(Allocator, memory));
}
