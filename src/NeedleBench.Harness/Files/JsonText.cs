using System.Text.Json;

namespace NeedleBench.Harness.Files;

/// <summary>JSON of input files: parsed strictly, with the file and the line in every error.</summary>
static class JsonText
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>A whole file as one JSON value, with the lines on which its members or elements begin.</summary>
    /// <exception cref="InputException">There is no such file, or it is not JSON.</exception>
    public static (JsonElement Root, IReadOnlyList<int> Lines) ReadFile(string file)
    {
        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = WithoutByteOrderMark(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException("there is no such file", "A suite is a folder with suite.json, tools.json and cases.jsonl.", file, inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the file cannot be read ({e.Message.TrimEnd('.')})",
                "Check the file and its permissions.", file, inner: e);
        }

        var root = Parse(bytes.Span, file, null);
        return (root, LinesOfChildren(bytes.Span));
    }

    /// <summary>Parses one JSON value. Two members with one name, and text that is not Unicode, are errors.</summary>
    /// <param name="json">UTF-8 text.</param>
    /// <param name="file">For errors.</param>
    /// <param name="line">The line that <paramref name="json"/> is; null where it is a whole file.</param>
    /// <exception cref="InputException">The text is no such value.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json, string file, int? line)
    {
        try
        {
            var element = JsonElement.Parse(json, Strict);
            ReadAllStrings(element);
            return element;
        }
        catch (JsonException e)
        {
            var at = line ?? (e.LineNumber is { } n ? (int)n + 1 : null);
            throw new InputException($"not JSON ({FirstSentence(e.Message)})", "Correct the JSON here.", file, at, e);
        }
        catch (InvalidOperationException e)
        {
            throw new InputException("a text here is not Unicode", "Save the file as UTF-8, and write \\u escapes in whole pairs.", file, line, e);
        }
    }

    public static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    // Strings are decoded at first use, far from here: decode them once where the line is still known.
    static void ReadAllStrings(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadAllStrings(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    ReadAllStrings(member.Value);
                }

                break;
        }
    }

    static List<int> LinesOfChildren(ReadOnlySpan<byte> json)
    {
        var lines = new List<int>();
        var reader = new Utf8JsonReader(json);
        var (line, counted) = (1, 0);
        while (reader.Read())
        {
            var begins = reader.CurrentDepth == 1 && reader.TokenType
                is not (JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject);
            if (begins)
            {
                var at = (int)reader.TokenStartIndex;
                line += json[counted..at].Count((byte)'\n');
                counted = at;
                lines.Add(line);
            }
        }

        return lines;
    }

    // System.Text.Json ends its messages with "LineNumber: 0 | BytePositionInLine: 7." relative to what it was given.
    static string FirstSentence(string message)
    {
        var at = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (at < 0 ? message : message[..at]).TrimEnd('.');
    }
}
