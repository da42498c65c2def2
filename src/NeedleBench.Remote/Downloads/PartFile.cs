using System.Text.Json;

namespace NeedleBench.Remote.Downloads;

/// <summary>
/// What has come of a file so far, <c>name.part</c>, and beside it <c>name.part.json</c>: which content the bytes are the beginning
/// of. Both outlive the process, so that a later one can go on.
/// </summary>
sealed class PartFile
{
    public const string Suffix = ".part";
    public const string NoteSuffix = ".part.json";

    const string Mend = "Make room there, or name another folder in " + ModelCache.HomeVariable + "; what has come is kept.";

    readonly string _target;
    readonly string _part;
    readonly string _note;

    public PartFile(string target)
    {
        _target = target;
        _part = target + Suffix;
        _note = target + NoteSuffix;
        (Length, Content) = Writing(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_part)!);
            return (File.Exists(_part) ? new FileInfo(_part).Length : 0, ReadNote());
        });
        if (Length == 0 || Content is null)
        {
            // Bytes of which nobody knows what they are the beginning of are worth nothing.
            (Length, Content) = (0, null);
        }
    }

    /// <summary>Bytes on the disk.</summary>
    public long Length { get; private set; }

    /// <summary>What they are the beginning of; null where there are none.</summary>
    public PartialContent? Content { get; private set; }

    /// <summary>Whether everything has come.</summary>
    public bool IsWhole => Content?.Size == Length;

    /// <summary>Begins anew, with other content.</summary>
    public void Begin(PartialContent content)
    {
        Writing(() =>
        {
            // In this order: whenever the process dies, the note never speaks of bytes that it does not describe.
            File.Delete(_note);
            Content = null;
            using (new FileStream(_part, FileMode.Create, FileAccess.Write))
            {
            }

            return true;
        });
        Length = 0;
        Describe(content);
    }

    /// <summary>More, or something else, is known of the same content.</summary>
    public void Describe(PartialContent content)
    {
        if (content != Content)
        {
            Writing(() =>
            {
                File.WriteAllText(_note, JsonSerializer.Serialize(content));
                return true;
            });
            Content = content;
        }
    }

    /// <summary>Opens the file to write at its end.</summary>
    public FileStream Append() => Writing(() =>
    {
        var stream = new FileStream(_part, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.Seek(Length, SeekOrigin.Begin);
        return stream;
    });

    /// <summary>Adds bytes, on the disk before this returns, as far as another process is concerned.</summary>
    public void Write(FileStream stream, ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
            Length += bytes.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    /// <summary>Gives the file its own name.</summary>
    public void Land() => Writing(() =>
    {
        using (var stream = new FileStream(_part, FileMode.Open, FileAccess.ReadWrite))
        {
            stream.Flush(flushToDisk: true);
        }

        File.Move(_part, _target, overwrite: true);
        File.Delete(_note);
        return true;
    });

    public void Delete()
    {
        Writing(() =>
        {
            File.Delete(_note);
            File.Delete(_part);
            return true;
        });
        (Length, Content) = (0, null);
    }

    public Stream Read() => Writing(() => File.OpenRead(_part));

    PartialContent? ReadNote()
    {
        try
        {
            return File.Exists(_note) ? JsonSerializer.Deserialize<PartialContent>(File.ReadAllText(_note)) : null;
        }
        catch (JsonException)
        {
            return null; // the process died while it wrote the note, before the first byte
        }
    }

    T Writing<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    DownloadException Unwritable(Exception e) => new(_part, $"the file cannot be written ({ServerFaults.OneLine(e.Message).TrimEnd('.')})", Mend, e);
}
