namespace NeedleBench.Harness.Files;

/// <summary>Reads files line by line without decoding them: positions and missing line ends stay visible.</summary>
static class LineReader
{
    const int FirstBuffer = 1 << 16;

    /// <summary>The lines of <paramref name="stream"/> from its beginning. Line ends are LF or CRLF.</summary>
    public static IEnumerable<TextLine> Read(Stream stream)
    {
        var buffer = new byte[FirstBuffer];
        var (start, end, number) = (0, 0, 0);
        var position = 0L;
        var searched = 0;
        while (true)
        {
            var found = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var length = searched + found;
                position += length + 1;
                yield return Line(++number, position, buffer.AsMemory(start, length), terminated: true);
                start += length + 1;
                searched = 0;
                continue;
            }

            searched = end - start;
            if (start > 0)
            {
                buffer.AsSpan(start, searched).CopyTo(buffer);
                (start, end) = (0, searched);
            }

            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                break;
            }

            end += read;
        }

        if (end > start)
        {
            yield return Line(++number, position + end - start, buffer.AsMemory(start, end - start), terminated: false);
        }
    }

    static TextLine Line(int number, long end, ReadOnlyMemory<byte> bytes, bool terminated)
    {
        if (number == 1)
        {
            bytes = JsonText.WithoutByteOrderMark(bytes);
        }

        if (terminated && bytes.Span is [.., (byte)'\r'])
        {
            bytes = bytes[..^1];
        }

        return new TextLine(number, end, bytes, terminated);
    }
}
