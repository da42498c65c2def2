using System.Text.Json;

namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>
/// The subschemas that apply at one place of a value: followed through <c>$ref</c> within the schema, <c>allOf</c>,
/// <c>anyOf</c> and <c>oneOf</c>, and downwards through properties and items.
/// </summary>
sealed class SchemaPlace
{
    const int MaxDepth = 16;

    readonly JsonElement _root;
    readonly List<JsonElement> _schemas = [];

    public SchemaPlace(JsonElement root)
        : this(root, [root])
    {
    }

    SchemaPlace(JsonElement root, IEnumerable<JsonElement> schemas)
    {
        _root = root;
        foreach (var schema in schemas)
        {
            Add(schema, 0);
        }
    }

    /// <summary>The names of declared members, in their order.</summary>
    public IEnumerable<string> Names => _schemas.SelectMany(s => Member(s, "properties") is { ValueKind: JsonValueKind.Object } map
        ? map.EnumerateObject().Select(m => m.Name)
        : []);

    /// <summary>Whether the schema speaks of members that it does not name.</summary>
    public bool IsOpen => _schemas.Exists(s =>
        Member(s, "additionalProperties") is { ValueKind: JsonValueKind.True or JsonValueKind.Object }
        || Member(s, "patternProperties") is { ValueKind: JsonValueKind.Object });

    public SchemaPlace Property(string name) => new(_root, _schemas.Select(schema =>
        Member(schema, "properties") is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(name, out var property) ? property
        : Member(schema, "additionalProperties")));

    public SchemaPlace Item(int index) => new(_root, _schemas.Select(schema =>
        Member(schema, "prefixItems") is { ValueKind: JsonValueKind.Array } tuple && index < tuple.GetArrayLength() ? tuple[index]
        : Member(schema, "items")));

    /// <summary>Whether the value is one of those that the schema lists here (<c>enum</c>, <c>const</c>).</summary>
    public bool Lists(JsonElement value) => _schemas.Exists(schema =>
        (Member(schema, "enum") is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)))
        || (schema.TryGetProperty("const", out var only) && JsonElement.DeepEquals(only, value)));

    void Add(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            return;
        }

        _schemas.Add(schema);
        if (Member(schema, "$ref") is { ValueKind: JsonValueKind.String } reference)
        {
            Add(Resolve(reference.GetString()!), depth + 1);
        }

        foreach (var keyword in new[] { "allOf", "anyOf", "oneOf" })
        {
            if (Member(schema, keyword) is { ValueKind: JsonValueKind.Array } list)
            {
                foreach (var item in list.EnumerateArray())
                {
                    Add(item, depth + 1);
                }
            }
        }
    }

    JsonElement Resolve(string pointer)
    {
        var at = _root;
        foreach (var step in Uri.UnescapeDataString(pointer.TrimStart('#')).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = Member(at, step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        return at;
    }

    static JsonElement Member(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var member) ? member : default;
}
