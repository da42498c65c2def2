using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>
/// Reads corpus files (format: Corpus/README.md). Structure is checked here, meaning by <see cref="CorpusValidator"/>.
/// </summary>
public static class CorpusReader
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads all <c>*.json</c> files of a folder, by name.</summary>
    /// <exception cref="InputException">
    /// There is no such folder, it holds no corpus file, or one of them is not readable.
    /// </exception>
    public static TrainingCorpus Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            throw new InputException("there is no such folder", "Name a folder of corpus files.", folder);
        }

        var files = Directory.GetFiles(folder, "*.json");
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0
            ? new TrainingCorpus([.. files.Select(ReadFile)])
            : throw new InputException("the folder holds no corpus file", "Put <category>.json files there.", folder);
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="InputException">It cannot be read, is not JSON, or lacks a part.</exception>
    public static CorpusCategory ReadFile(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the file cannot be read ({e.Message.TrimEnd('.')})",
                "Check the file and its permissions.", file, inner: e);
        }

        var json = bytes.Span.StartsWith("\uFEFF"u8) ? bytes.Span[3..] : bytes.Span;
        JsonElement root;
        try
        {
            root = JsonElement.Parse(json, Strict);
        }
        catch (JsonException e)
        {
            var line = e.LineNumber is { } n ? (int?)n + 1 : null;
            throw new InputException($"not JSON ({e.Message.Split(" LineNumber:")[0].TrimEnd('.')})", "Correct the JSON here.",
                file, line, e);
        }

        var at = new CorpusPlace(file, null, null);
        at.Require(root, JsonValueKind.Object, "the file");
        var tools = at.Array(root, "tools");
        var lines = LinesOfTools(json);
        return new CorpusCategory(
            file,
            at.Text(root, "category"),
            at.Text(root, "description"),
            Slots(root, at),
            [.. tools.Select((tool, i) => CorpusToolReader.Read(tool, at with { Line = lines[i] }))],
            [.. at.Array(root, "refusals").Select(r => at.Text(r, "a refusal"))]);
    }

    static Dictionary<string, IReadOnlyList<SlotValue>> Slots(JsonElement root, CorpusPlace at)
    {
        var slots = new Dictionary<string, IReadOnlyList<SlotValue>>(StringComparer.Ordinal);
        foreach (var slot in at.Member(root, "slots", JsonValueKind.Object).EnumerateObject())
        {
            at.Require(slot.Value, JsonValueKind.Array, $"slot '{slot.Name}'");
            slots.Add(slot.Name, [.. slot.Value.EnumerateArray().Select(value => Value(value, slot.Name, at))]);
        }

        return slots;
    }

    static SlotValue Value(JsonElement value, string slot, CorpusPlace at)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return new SlotValue(at.Text(value, $"a value of slot '{slot}'"), value, true);
        }

        at.Require(value, JsonValueKind.Object, $"a value of slot '{slot}'");
        return value.TryGetProperty("value", out var given)
            ? new SlotValue(at.Text(value, "say"), given, false)
            : throw at.Bad($"a value of slot '{slot}' has no 'value'", "An entry is a text, or {\"say\":\"…\",\"value\":…}.");
    }

    // The reader below must meet the same tools as the parsed document: elements of the array at root.tools.
    static List<int> LinesOfTools(ReadOnlySpan<byte> json)
    {
        var lines = new List<int>();
        var reader = new Utf8JsonReader(json);
        var (line, counted, inTools) = (1, 0, false);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                inTools = reader.ValueTextEquals("tools"u8);
            }
            else if (inTools && reader.CurrentDepth == 2
                && reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray))
            {
                var at = (int)reader.TokenStartIndex;
                line += json[counted..at].Count((byte)'\n');
                counted = at;
                lines.Add(line);
            }
        }

        return lines;
    }
}
