using System.Text.Json;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>One category of the corpus, as far as the tokenizer's texts need it.</summary>
sealed record CorpusFile(IReadOnlyList<CorpusTool> Tools, IReadOnlyList<string> Refusals)
{
    const string Mend = "Write it in the form that the corpus folder's README describes.";

    /// <exception cref="InputException">The file cannot be read, is not JSON, or is not of the form; the message says where.</exception>
    public static CorpusFile Read(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return Read(document.RootElement, file);
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"the corpus file is not JSON ({e.Message.TrimEnd('.')})", Mend, file, e.LineNumber is { } line ? (int)line + 1 : null, e);
        }
        catch (InvalidOperationException e)
        {
            // What JsonElement throws for an escape such as \ud800 without its other half.
            throw new InputException($"the corpus file holds a text that is none ({e.Message.TrimEnd('.')})", Mend, file, inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the corpus file cannot be read ({e.Message.TrimEnd('.')})", "Check its name and rights.", file, inner: e);
        }
    }

    static CorpusFile Read(JsonElement root, string file)
    {
        var lists = new Dictionary<string, SlotEntry[]>(StringComparer.Ordinal);
        foreach (var list in Member(root, "slots", JsonValueKind.Object, "the file", file).EnumerateObject())
        {
            lists[list.Name] = ReadEntries(list.Value, list.Name, file);
        }

        var tools = Member(root, "tools", JsonValueKind.Array, "the file", file);
        var definitions = ToolDefinitionJson.ParseList(tools.Clone(), file);
        var refusals = Member(root, "refusals", JsonValueKind.Array, "the file", file);
        return new CorpusFile(
            [.. tools.EnumerateArray().Select((tool, index) => ReadTool(tool, definitions[index], lists, file))],
            [.. refusals.EnumerateArray().Select(refusal => Text(refusal, "a refusal", file))]);
    }

    static CorpusTool ReadTool(
        JsonElement json, ToolDefinition definition, Dictionary<string, SlotEntry[]> lists, string file)
    {
        var place = $"tool '{definition.Name}'";
        var slots = new Dictionary<string, SlotEntry[]>(StringComparer.Ordinal);
        foreach (var slot in Member(json, "slots", JsonValueKind.Object, place, file).EnumerateObject())
        {
            var list = Text(slot.Value, $"a slot of {place}", file);
            slots[slot.Name] = lists.TryGetValue(list, out var entries)
                ? entries
                : throw new InputException($"{place} fills '{slot.Name}' from '{list}', which is no slot list of the file", Mend, file);
        }

        var phrasings = Member(json, "phrasings", JsonValueKind.Array, place, file).EnumerateArray()
            .Select(phrasing => ReadPhrasing(phrasing, slots, place, file)).ToArray();
        return new CorpusTool(definition, slots, phrasings);
    }

    static CorpusPhrasing ReadPhrasing(JsonElement json, Dictionary<string, SlotEntry[]> slots, string place, string file)
    {
        var text = Member(json, "text", JsonValueKind.String, $"a phrasing of {place}", file).GetString()!;
        foreach (var (start, end) in CorpusTool.Placeholders(text))
        {
            if (!slots.ContainsKey(text[(start + 1)..end]))
            {
                throw new InputException($"the phrasing '{text}' of {place} names '{text[(start + 1)..end]}', which has no slot", Mend, file);
            }
        }

        return new CorpusPhrasing(
            text, json.TryGetProperty("arguments", out _) ? Member(json, "arguments", JsonValueKind.Object, $"the phrasing '{text}'", file).Clone() : default);
    }

    static SlotEntry[] ReadEntries(JsonElement list, string name, string file)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            throw new InputException($"the slot list '{name}' is no array with values in it", Mend, file);
        }

        return [.. list.EnumerateArray().Select(entry => ReadEntry(entry, $"slot list '{name}'", file))];
    }

    static SlotEntry ReadEntry(JsonElement entry, string place, string file) =>
        entry.ValueKind == JsonValueKind.Object
            ? new SlotEntry(
                Member(entry, "say", JsonValueKind.String, place, file).GetString()!,
                entry.TryGetProperty("value", out var value)
                    ? value.Clone()
                    : throw new InputException($"an entry of {place} has no 'value'", Mend, file))
            : new SlotEntry(Text(entry, $"an entry of {place}", file), entry.Clone());

    static JsonElement Member(JsonElement json, string name, JsonValueKind kind, string place, string file) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw new InputException($"{place} has no '{name}' that is a JSON {kind}", Mend, file);

    static string Text(JsonElement json, string place, string file) =>
        json.ValueKind == JsonValueKind.String
            ? json.GetString()!
            : throw new InputException($"{place} is no text", Mend, file);
}
