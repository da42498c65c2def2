using System.Text;
using System.Text.Json;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>
/// The file of examples, open for appending: Needle's JSONL (<see cref="NeedleJsonl"/>), with the style and the tool in focus
/// as further members, so that a resumed run knows what is missing. The lines of a batch go to the operating system in one
/// write; what a killed process did not write to the end of a line is cut off when the file is next opened.
/// </summary>
sealed class TeacherOutput : IDisposable
{
    readonly AppendOnlyFile _file;

    TeacherOutput(AppendOnlyFile file, IReadOnlyList<WrittenExample> before)
    {
        _file = file;
        Before = before;
    }

    /// <summary>What the file held when it was opened.</summary>
    public IReadOnlyList<WrittenExample> Before { get; }

    /// <exception cref="InputException">
    /// The file is there and <paramref name="resume"/> is not set, it cannot be written to, or a line of it is no example.
    /// </exception>
    public static TeacherOutput Open(string file, bool resume)
    {
        if (!resume && File.Exists(file))
        {
            throw new InputException("the file exists already", "Go on with it (--resume), or name a new one.", file);
        }

        var opened = AppendOnlyFile.Open(
            file, mayExist: resume, "examples", "Make room there, or name a file in a folder that can be written to; then go on with --resume.");
        try
        {
            return new TeacherOutput(opened, ReadAll(opened.Content, file));
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Writes all lines, or none.</summary>
    /// <exception cref="InputException">The disk is full or gone; the file is as it was before.</exception>
    public void Append(IEnumerable<(SyntheticExample Example, ToolDefinition Focus, TeacherStyle Style)> examples)
    {
        var text = new StringBuilder();
        foreach (var (example, focus, style) in examples)
        {
            text.Append(NeedleJsonl.AnnotatedLine(example, ("style", style.Name), ("tool", focus.Name))).Append('\n');
        }

        _file.Append(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Waits until the disk has every line.</summary>
    public void Flush() => _file.Flush();

    public void Dispose() => _file.Dispose();

    static List<WrittenExample> ReadAll(Stream stream, string file)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var examples = new List<WrittenExample>();
        var start = 0;
        for (var number = 1; start < bytes.Length; number++)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            var line = Encoding.UTF8.GetString(bytes, start, length < 0 ? bytes.Length - start : length).TrimStart('\uFEFF');
            if (length < 0)
            {
                CompleteOrCut(stream, line, file, number, start, examples);
                return examples;
            }

            if (!string.IsNullOrWhiteSpace(line))
            {
                examples.Add(Read(line, file, number));
            }

            start += length + 1;
        }

        stream.Position = stream.Length;
        return examples;
    }

    // A half object never reads as a whole one; an example whose line end an editor left out does, and is kept.
    static void CompleteOrCut(Stream stream, string line, string file, int number, int start, List<WrittenExample> examples)
    {
        try
        {
            examples.Add(Read(line, file, number));
            stream.Position = stream.Length;
            stream.WriteByte((byte)'\n');
        }
        catch (InputException)
        {
            stream.SetLength(start);
            stream.Position = start;
        }
    }

    static WrittenExample Read(string line, string file, int number)
    {
        var example = NeedleJsonl.Parse(line, file, number);
        var root = JsonElement.Parse(line);
        return new WrittenExample(example.Query, Text(root, "tool"), Text(root, "style"));
    }

    static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
