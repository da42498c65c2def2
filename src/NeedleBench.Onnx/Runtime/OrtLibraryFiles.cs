using System.Runtime.InteropServices;

namespace NeedleBench.Onnx.Runtime;

/// <summary>Where ONNX Runtime's native library is looked for.</summary>
static class OrtLibraryFiles
{
    /// <summary>The library's file; null where there is none.</summary>
    /// <param name="named">A file or folder that wins over all; null or empty where none is named.</param>
    /// <param name="program">The program's folder, where the build puts the library.</param>
    /// <param name="packages">Further folders, where packages' native libraries stand.</param>
    /// <param name="looked">The places, for a message.</param>
    public static string? Find(string? named, string program, IEnumerable<string> packages, out string looked)
    {
        if (!string.IsNullOrEmpty(named))
        {
            looked = named;
            return File.Exists(named) ? Path.GetFullPath(named) : InFolder(named);
        }

        string[] folders = [Path.Combine(program, "runtimes", RuntimeIdentifier, "native"), program];
        looked = string.Join(" and ", folders);
        return folders.Concat(packages).Select(InFolder).FirstOrDefault(file => file is not null);
    }

    /// <summary>This machine's identifier, without distribution and version.</summary>
    public static string RuntimeIdentifier
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    // The plain name first, then names that carry a version.
    static string? InFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var (first, last) = OperatingSystem.IsWindows() ? ("onnxruntime.", "dll")
            : OperatingSystem.IsMacOS() ? ("libonnxruntime.", "dylib") : ("libonnxruntime.so", "");
        return Directory.EnumerateFiles(folder, $"{first}*{last}")
            .Select(Path.GetFullPath)
            .OrderBy(file => file.Length)
            .ThenBy(file => file, StringComparer.Ordinal)
            .FirstOrDefault();
    }
}
