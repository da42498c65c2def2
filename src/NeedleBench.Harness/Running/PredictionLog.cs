namespace NeedleBench.Harness.Running;

/// <summary>
/// <c>predictions.jsonl</c> open for appending. A line goes to the operating system in one write, line end included, before
/// the run calls its item done: a killed process loses no such line. (A power cut may: the disk is waited for only at
/// <see cref="Flush"/>, because waiting after each line would measure the disk.) What a killed process did not write to the
/// end is cut off when the file is next opened.
/// </summary>
sealed class PredictionLog : IDisposable
{
    readonly FileStream _stream;
    readonly string _file;

    PredictionLog(FileStream stream, string file, IReadOnlyList<(Prediction, int)> recorded)
    {
        _stream = stream;
        _file = file;
        Recorded = recorded;
    }

    /// <summary>What the file held when it was opened, with 1-based lines.</summary>
    public IReadOnlyList<(Prediction Prediction, int Line)> Recorded { get; }

    /// <exception cref="InputException">The file cannot be written to, or holds something else than predictions.</exception>
    public static PredictionLog Open(string file)
    {
        FileStream? stream = null;
        try
        {
            // No buffer: a write is a write.
            stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            var recorded = PredictionLine.ReadAll(stream, file, out var end);
            stream.SetLength(end);
            stream.Position = end;
            return new PredictionLog(stream, file, recorded);
        }
        catch (Exception e)
        {
            stream?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw Unwritable(file, e);
            }

            throw;
        }
    }

    /// <param name="line">What <see cref="PredictionLine.Write"/> made.</param>
    /// <exception cref="InputException">The disk is full or gone; the file is as it was before.</exception>
    public void Append(ReadOnlySpan<byte> line)
    {
        var before = _stream.Position;
        try
        {
            _stream.Write(line);
        }
        catch (IOException e)
        {
            try
            {
                _stream.SetLength(before);
            }
            catch (IOException)
            {
                // The half line has no line end, and is cut off when the file is next opened.
            }

            throw Unwritable(_file, e);
        }
    }

    /// <summary>Waits until the disk has every line.</summary>
    public void Flush()
    {
        try
        {
            _stream.Flush(flushToDisk: true);
        }
        catch (IOException e)
        {
            throw Unwritable(_file, e);
        }
    }

    public void Dispose() => _stream.Dispose();

    static InputException Unwritable(string file, Exception e) => new(
        $"predictions cannot be written ({e.Message.TrimEnd('.')})",
        "Make room there, or name another results folder; then go on with --resume.", file, inner: e);
}
