using System.Text.Json;
using NeedleBench.Harness.Files;

namespace NeedleBench.Harness.Importing;

/// <summary>Files of one JSON object a line.</summary>
static class RecordFile
{
    /// <summary>The records in file order; blank lines are passed over.</summary>
    /// <exception cref="InputException">The file cannot be read, holds no record, or a line is no JSON object.</exception>
    public static IEnumerable<(JsonElement Record, RecordPlace Place)> Read(string file)
    {
        var any = false;
        using var stream = Open(file);
        foreach (var line in LineReader.Read(stream))
        {
            if (line.IsBlank)
            {
                continue;
            }

            any = true;
            var place = new RecordPlace(file, line.Number);
            var record = JsonText.Parse(line.Bytes.Span, file, line.Number);
            yield return record.ValueKind == JsonValueKind.Object
                ? (record, place)
                : throw place.Bad("a record is no JSON object", "Write one JSON object a line.");
        }

        if (!any)
        {
            throw new InputException("there are no records", "Write one JSON object a line.", file);
        }
    }

    static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the file cannot be read ({e.Message.TrimEnd('.')})", "Name a file of one JSON object a line.", file, inner: e);
        }
    }
}
