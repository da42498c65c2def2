using System.Runtime.InteropServices;
using System.Text;

namespace NeedleBench.Onnx.Runtime;

/// <summary>Texts as the C API takes and gives them.</summary>
static unsafe class NativeText
{
    /// <summary>UTF-8 with a closing zero, in memory that does not move.</summary>
    /// <exception cref="ArgumentException">A zero within the text would cut it short.</exception>
    public static byte[] Utf8(string text)
    {
        RequireNoZero(text);
        var bytes = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(text) + 1, pinned: true);
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>A file's name as the system's own functions take it: UTF-16 on Windows, else UTF-8; closed by a zero.</summary>
    /// <inheritdoc cref="Utf8"/>
    public static byte[] Path(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            return Utf8(path);
        }

        RequireNoZero(path);
        var bytes = GC.AllocateArray<byte>((path.Length + 1) * sizeof(char), pinned: true);
        Encoding.Unicode.GetBytes(path, bytes);
        return bytes;
    }

    /// <summary>Where an array from <see cref="Utf8"/> or <see cref="Path"/> stands: for as long as the caller keeps the array.</summary>
    public static byte* Pointer(byte[] pinned) => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    public static string Read(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    static void RequireNoZero(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A name cannot hold a zero character.", nameof(text));
        }
    }
}
