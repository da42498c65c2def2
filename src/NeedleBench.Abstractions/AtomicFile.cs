using System.Text;

namespace NeedleBench;

/// <summary>Replaces files whole: a reader, or a crash, meets the old content or the new, never a part.</summary>
public static class AtomicFile
{
    /// <summary>Writes text in UTF-8.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes beside <paramref name="path"/>, flushes to the disk, and renames.</summary>
    /// <param name="path">The file to replace.</param>
    /// <param name="write">Writes the content; where it throws, the old file is untouched.</param>
    /// <exception cref="InputException">The disk is full, or the folder cannot be written to. The old file is untouched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        // Always the same name: what a killed process left is written over, not left to pile up.
        var temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            DeleteIfPossible(temporary);
            throw new InputException(
                $"the file cannot be written ({e.Message.TrimEnd('.')})",
                "Make room there, or name a folder that can be written to.", path, inner: e);
        }
        catch
        {
            DeleteIfPossible(temporary);
            throw;
        }
    }

    static void DeleteIfPossible(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What stopped the writing stops this, too; the caller hears of the first.
        }
    }
}
