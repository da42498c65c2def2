namespace NeedleBench;

/// <summary>
/// A file that grows by whole pieces. Each goes to the operating system in one write before <see cref="Append"/> returns, so a
/// killed process loses none of them; what it did not write to the end is the reader's to cut off when the file is next opened.
/// (A power cut may lose some: the disk is waited for only at <see cref="Flush"/>.)
/// </summary>
public sealed class AppendOnlyFile : IDisposable
{
    readonly FileStream _stream;
    readonly string _file;
    readonly string _what;
    readonly string _mend;

    AppendOnlyFile(FileStream stream, string file, string what, string mend)
    {
        _stream = stream;
        (_file, _what, _mend) = (file, what, mend);
    }

    /// <summary>What stands in the file, to be read and, where its end is torn, cut; appending goes on at its position.</summary>
    public Stream Content => _stream;

    /// <summary>Opens a file that nobody else may write to meanwhile.</summary>
    /// <param name="mayExist">Whether it may be there already; a new one is made where there is none.</param>
    /// <param name="what">What is written, for messages, e.g. <c>predictions</c>.</param>
    /// <param name="mend">What to do where it cannot be written.</param>
    /// <exception cref="InputException">The file cannot be written to.</exception>
    public static AppendOnlyFile Open(string file, bool mayExist, string what, string mend)
    {
        try
        {
            // No buffer: a write is a write.
            var stream = new FileStream(file, mayExist ? FileMode.OpenOrCreate : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            return new AppendOnlyFile(stream, file, what, mend);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(file, what, mend, e);
        }
    }

    /// <summary>Writes all of it, or nothing.</summary>
    /// <exception cref="InputException">The disk is full or gone; the file is as it was before.</exception>
    public void Append(ReadOnlySpan<byte> piece)
    {
        var before = _stream.Position;
        try
        {
            _stream.Write(piece);
        }
        catch (IOException e)
        {
            try
            {
                _stream.SetLength(before);
            }
            catch (IOException)
            {
                // The half piece has no end, and is cut off when the file is next opened.
            }

            throw Unwritable(_file, _what, _mend, e);
        }
    }

    /// <summary>Waits until the disk has everything.</summary>
    /// <exception cref="InputException">The disk is full or gone.</exception>
    public void Flush()
    {
        try
        {
            _stream.Flush(flushToDisk: true);
        }
        catch (IOException e)
        {
            throw Unwritable(_file, _what, _mend, e);
        }
    }

    public void Dispose() => _stream.Dispose();

    static InputException Unwritable(string file, string what, string mend, Exception e) =>
        new($"the {what} cannot be written ({e.Message.TrimEnd('.')})", mend, file, inner: e);
}
