namespace NeedleBench.Harness.Running;

/// <summary>
/// <c>predictions.jsonl</c> open for appending. A line goes to the operating system in one write, line end included, before
/// the run calls its item done: a killed process loses no such line. (A power cut may: the disk is waited for only at
/// <see cref="Flush"/>, because waiting after each line would measure the disk.) What a killed process did not write to the
/// end is cut off when the file is next opened.
/// </summary>
sealed class PredictionLog : IDisposable
{
    readonly AppendOnlyFile _file;

    PredictionLog(AppendOnlyFile file, IReadOnlyList<(Prediction, int)> recorded)
    {
        _file = file;
        Recorded = recorded;
    }

    /// <summary>What the file held when it was opened, with 1-based lines.</summary>
    public IReadOnlyList<(Prediction Prediction, int Line)> Recorded { get; }

    /// <exception cref="InputException">The file cannot be written to, or holds something else than predictions.</exception>
    public static PredictionLog Open(string file)
    {
        var opened = AppendOnlyFile.Open(
            file, mayExist: true, "predictions", "Make room there, or name another results folder; then go on with --resume.");
        try
        {
            var recorded = PredictionLine.ReadAll(opened.Content, file, out var end);
            opened.Content.SetLength(end);
            opened.Content.Position = end;
            return new PredictionLog(opened, recorded);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <param name="line">What <see cref="PredictionLine.Write"/> made.</param>
    /// <exception cref="InputException">The disk is full or gone; the file is as it was before.</exception>
    public void Append(ReadOnlySpan<byte> line) => _file.Append(line);

    /// <summary>Waits until the disk has every line.</summary>
    public void Flush() => _file.Flush();

    public void Dispose() => _file.Dispose();
}
