using System.Diagnostics.CodeAnalysis;

namespace NeedleBench.Onnx.Runtime;

/// <summary>
/// ONNX Runtime's native library: found where <see cref="EnvironmentVariable"/> says, else where the build put it; loaded once,
/// at the first need. Thread-safe.
/// </summary>
public static class OnnxRuntimeLibrary
{
    /// <summary>Names the library, or the folder it is in; wins over the library that came with the program.</summary>
    public const string EnvironmentVariable = "NEEDLEBENCH_ONNXRUNTIME";

    /// <summary>What to do where the library is missing, in one line.</summary>
    public const string HowToGetIt =
        $"Build NeedleBench where npm can fetch onnxruntime-node, or name the library or its folder in {EnvironmentVariable}.";

    static readonly Lock Gate = new();
    static OrtRuntime? _runtime;

    /// <summary>The loaded library's file; null until it is loaded.</summary>
    public static string? LoadedFile => _runtime?.File;

    /// <summary>The loaded library's release, such as <c>1.30.0</c>; null until it is loaded.</summary>
    public static string? LoadedVersion => _runtime?.Version;

    /// <summary>Loads the library, if that is not done yet.</summary>
    /// <param name="whyNot">Where it cannot be loaded: why, and what to do, in one line.</param>
    public static bool TryLoad([NotNullWhen(false)] out string? whyNot)
    {
        try
        {
            _ = Runtime;
            whyNot = null;
            return true;
        }
        catch (InputException e)
        {
            whyNot = e.Message;
            return false;
        }
    }

    /// <exception cref="InputException">The library is missing or of no use; a later call tries again.</exception>
    internal static OrtRuntime Runtime
    {
        get
        {
            lock (Gate)
            {
                return _runtime ??= Load(Environment.GetEnvironmentVariable(EnvironmentVariable), AppContext.BaseDirectory);
            }
        }
    }

    /// <exception cref="InputException">The library is missing or of no use.</exception>
    internal static OrtRuntime Load(string? named, string program)
    {
        var packages = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        var file = OrtLibraryFiles.Find(
            named, program, packages.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), out var looked);
        if (file is null)
        {
            throw new InputException($"ONNX Runtime's native library is not in {looked}", HowToGetIt);
        }

        return OrtRuntime.Open(file, out var whyNot) ?? throw new InputException(whyNot!, HowToGetIt);
    }
}
