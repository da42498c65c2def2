using System.Text.Json;
using NeedleBench.Harness.Files;

namespace NeedleBench.Harness.Hygiene;

/// <summary>
/// The files of a training corpus: category files (<c>*.json</c>, the format of src/NeedleBench.Training/Corpus/README.md)
/// and lists of requests (<c>*.jsonl</c>, <c>{"query":"…"}</c> a line).
/// </summary>
static class CorpusFiles
{
    public const string CategoryExtension = ".json";
    public const string RequestsExtension = ".jsonl";

    const string Mend = "A category file is {\"tools\":[{\"name\":…,\"parameters\":…,\"phrasings\":[{\"text\":…}]}],\"refusals\":[…]}.";

    /// <summary>The corpus files directly in <paramref name="folder"/>, in ordinal order.</summary>
    /// <exception cref="InputException">There is no such folder, or no corpus file in it.</exception>
    public static IReadOnlyList<string> In(string folder)
    {
        try
        {
            var files = Directory.EnumerateFiles(folder)
                .Where(file => Path.GetExtension(file) is CategoryExtension or RequestsExtension)
                .Order(StringComparer.Ordinal).ToList();
            return files.Count > 0
                ? files
                : throw new InputException("there is no training data", "Name a folder of category files (.json) or requests (.jsonl).", folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the training data cannot be read ({e.Message.TrimEnd('.')})",
                "Name a folder of category files (.json) or requests (.jsonl).", folder, inner: e);
        }
    }

    /// <summary>A category file's root, with what is read of it in place.</summary>
    /// <exception cref="InputException">It is no category file.</exception>
    public static JsonElement ReadCategory(string file)
    {
        var (root, _) = JsonText.ReadFile(file);
        if (root.ValueKind != JsonValueKind.Object || !IsArray(root, "tools") || !IsArray(root, "refusals"))
        {
            throw new InputException("this is no category file", Mend, file);
        }

        foreach (var tool in root.GetProperty("tools").EnumerateArray())
        {
            if (tool.ValueKind != JsonValueKind.Object || !IsText(tool, "name") || !IsArray(tool, "phrasings")
                || !tool.TryGetProperty("parameters", out var parameters) || parameters.ValueKind != JsonValueKind.Object)
            {
                throw new InputException("a tool has no name, parameters or phrasings", Mend, file);
            }

            if (tool.GetProperty("phrasings").EnumerateArray().Any(phrasing => phrasing.ValueKind != JsonValueKind.Object || !IsText(phrasing, "text")))
            {
                throw new InputException($"a phrasing of '{tool.GetProperty("name").GetString()}' has no text", Mend, file);
            }

            if (tool.TryGetProperty("requests", out var requests)
                && (requests.ValueKind != JsonValueKind.Array || requests.EnumerateArray().Any(text => text.ValueKind != JsonValueKind.String)))
            {
                throw new InputException($"the requests of '{tool.GetProperty("name").GetString()}' are no list of texts", Mend, file);
            }
        }

        return root.GetProperty("refusals").EnumerateArray().All(text => text.ValueKind == JsonValueKind.String)
            ? root
            : throw new InputException("a refusal is no text", Mend, file);
    }

    static bool IsArray(JsonElement parent, string key) => parent.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Array;

    static bool IsText(JsonElement parent, string key) => parent.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String;
}
