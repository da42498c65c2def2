using Microsoft.Win32.SafeHandles;

namespace NeedleBench.San.Checkpoints;

/// <summary>Opening and reading files that a user named: what the system refuses becomes an <see cref="InputException"/>.</summary>
static class CheckpointFiles
{
    const string ReadMend = "Give the path of a readable file.";

    /// <summary>The whole file, when it is no larger than <paramref name="maxBytes"/>.</summary>
    public static byte[] ReadSmall(string path, long maxBytes)
    {
        try
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            if (length > maxBytes)
            {
                throw new InputException(
                    $"the file has {length} bytes; at most {maxBytes} are read", "Check that this is the right file.", path);
            }

            var bytes = new byte[length];
            ReadExactly(file, bytes, 0, path);
            return bytes;
        }
        catch (Exception error) when (IsRefusal(error))
        {
            throw new InputException($"the file cannot be read: {error.Message.TrimEnd('.')}", ReadMend, path, inner: error);
        }
    }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>; a file that became shorter is an error.</summary>
    public static void ReadExactly(SafeFileHandle file, Span<byte> destination, long offset, string path)
    {
        while (destination.Length > 0)
        {
            var read = RandomAccess.Read(file, destination, offset);
            if (read == 0)
            {
                throw new InputException(
                    $"the file ends at byte {offset}, {destination.Length} bytes too early", "It changed while it was read: try again.", path);
            }

            destination = destination[read..];
            offset += read;
        }
    }

    /// <summary>Whether an exception is the system saying no, rather than a fault of ours.</summary>
    public static bool IsRefusal(Exception error) =>
        error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;
}
