using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>Where in the corpus a value stands; reads members and says what is wrong with them.</summary>
readonly record struct CorpusPlace(string File, int? Line, string? Tool)
{
    const string Mend = "The format is described in Corpus/README.md.";

    public JsonElement Member(JsonElement parent, string name, JsonValueKind kind)
    {
        if (!parent.TryGetProperty(name, out var member))
        {
            throw Bad($"'{name}' is missing", Mend);
        }

        Require(member, kind, $"'{name}'");
        return member;
    }

    public JsonElement.ArrayEnumerator Array(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.Array).EnumerateArray();

    /// <summary>A text member of an object, or the text that the element itself is.</summary>
    public string Text(JsonElement element, string name)
    {
        var text = element.ValueKind == JsonValueKind.Object ? Member(element, name, JsonValueKind.String) : element;
        Require(text, JsonValueKind.String, name);
        return text.GetString() is { } s && !string.IsNullOrWhiteSpace(s) ? s : throw Bad($"{name} is empty", Mend);
    }

    public void Require(JsonElement element, JsonValueKind kind, string what)
    {
        if (element.ValueKind != kind)
        {
            var (found, wanted) = (element.ValueKind.ToString().ToLowerInvariant(), kind.ToString().ToLowerInvariant());
            throw Bad($"{what} is a JSON {found}, not {wanted}", Mend);
        }
    }

    public InputException Bad(string problem, string mend) =>
        new(Tool is null ? problem : $"tool '{Tool}': {problem}", mend, File, Line);
}
