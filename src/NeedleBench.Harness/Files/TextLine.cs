namespace NeedleBench.Harness.Files;

/// <summary>One line of a file, as bytes.</summary>
/// <param name="Number">1-based.</param>
/// <param name="End">Bytes of the file up to its end, line end included.</param>
/// <param name="Bytes">Its text, without line end or byte order mark. Holds until the next line is read.</param>
/// <param name="Terminated">Whether a line end follows; a line without one may be half written.</param>
readonly record struct TextLine(int Number, long End, ReadOnlyMemory<byte> Bytes, bool Terminated)
{
    public bool IsBlank => Bytes.Span.Trim(" \t\r"u8).IsEmpty;
}
