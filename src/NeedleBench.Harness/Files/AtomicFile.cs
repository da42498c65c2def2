namespace NeedleBench.Harness.Files;

/// <summary>Replaces files whole: a reader, or a crash, meets the old content or the new, never a part.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside <paramref name="path"/>, flushes to the disk, and renames.</summary>
    /// <exception cref="InputException">The disk is full, or the folder cannot be written to. The old file is untouched.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(content);
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
