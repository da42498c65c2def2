using System.Text.Json;
using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>A value of a JSON file together with where it stands, so that a complaint can name both.</summary>
readonly struct JsonItem(JsonElement element, string place, string file)
{
    const string Mend = ModelError.GetItAgain;

    public JsonElement Element => element;

    public JsonValueKind Kind => element.ValueKind;

    public string File => file;

    /// <summary>Whether there is nothing here: the property is absent, or it is <c>null</c>.</summary>
    public bool IsAbsent => element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>Reads a file. The document must stay open as long as the item is used.</summary>
    /// <exception cref="InvalidDataException">The file is no JSON.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static JsonItem Read(string file, out JsonDocument document)
    {
        var bytes = System.IO.File.ReadAllBytes(file).AsMemory();
        if (bytes.Span.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException e)
        {
            throw ModelError.Because($"{file}:{e.LineNumber + 1}: this is no JSON ({WithoutPlace(e.Message)})", Mend, e);
        }

        return new JsonItem(document.RootElement, "", file).Object();
    }

    public JsonItem this[string name] => new(
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default,
        place.Length == 0 ? name : $"{place}.{name}",
        file);

    public JsonItem Object() => Kind == JsonValueKind.Object ? this : throw Wrong("an object");

    public string Text()
    {
        if (Kind != JsonValueKind.String)
        {
            throw Wrong("a string");
        }

        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw Error("holds characters that are no Unicode text", Mend, e);
        }
    }

    public string? TextOrNull() => IsAbsent ? null : Text();

    public bool Flag(bool absent) => Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ when IsAbsent => absent,
        _ => throw Wrong("true or false"),
    };

    /// <summary>A count or an id: not negative, and small enough for a table over it.</summary>
    public int Count() =>
        Kind == JsonValueKind.Number && element.TryGetInt32(out var value) && value is >= 0 and <= TokenVocabulary.LargestId
            ? value
            : throw Wrong($"a whole number from 0 to {TokenVocabulary.LargestId}");

    public IEnumerable<JsonItem> Items()
    {
        if (Kind != JsonValueKind.Array)
        {
            throw Wrong("an array");
        }

        var i = 0;
        foreach (var item in element.EnumerateArray())
        {
            yield return new JsonItem(item, $"{place}[{i++}]", file);
        }
    }

    public IEnumerable<(string Name, JsonItem Value)> Properties()
    {
        foreach (var property in Object().Element.EnumerateObject())
        {
            string name;
            try
            {
                name = property.Name;
            }
            catch (InvalidOperationException e)
            {
                throw Error("has a name that is no Unicode text", Mend, e);
            }

            // The place of an entry is put together only where there is something to complain about: by Entry.
            yield return (name, new JsonItem(property.Value, place, file));
        }
    }

    /// <summary>This value under a name below the present place, for a message.</summary>
    public JsonItem Entry(string name) => new(element, $"{place}[{ModelError.Quote(name)}]", file);

    /// <summary>A complaint about this value; <paramref name="problem"/> goes on after its place.</summary>
    public InvalidDataException Error(string problem, string mend = Mend, Exception? inner = null) =>
        ModelError.Because($"{file}: {(place.Length == 0 ? "the file" : place)} {problem}", mend, inner);

    public InvalidDataException NotSupported(string what) =>
        Error($"asks for {what}, which is not carried out here", "Use a tokenizer without it.");

    InvalidDataException Wrong(string wanted) => IsAbsent ? Error($"is missing; it should be {wanted}") : Error($"is not {wanted}");

    // The reader's message ends with a path and a position, which our own place says already.
    static string WithoutPlace(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        end = end < 0 ? message.IndexOf(" LineNumber:", StringComparison.Ordinal) : end;
        return (end < 0 ? message : message[..end]).TrimEnd('.', ' ');
    }
}
