using System.Text.Encodings.Web;
using System.Text.Json;
using NeedleBench.San.Prompting;

namespace NeedleBench.San.Decoding;

/// <summary>
/// The rules of one request: tool names, and for each tool what its arguments may be. Held to are types, enums, constants,
/// declared keys, required keys, and arrays that must not be empty. Not held to are ranges, lengths, patterns and formats;
/// a schema that combines others (<c>anyOf</c>, <c>$ref</c>, …) takes anything.
/// </summary>
sealed class SchemaRules
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly string[] Combining = ["anyOf", "oneOf", "allOf", "not", "if", "$ref", "$dynamicRef"];

    public SchemaRules(IReadOnlyList<ToolDefinition> tools, ToolNames names)
    {
        Names = Trie.AddRoot();
        Arguments = new ValueRule[tools.Count];
        for (var i = 0; i < tools.Count; i++)
        {
            Trie.Add(Names, names.Seen[i], i);

            // A tool that lists no parameters has none; an object inside that lists none takes any.
            Arguments[i] = Properties(tools[i].Schema) is { Length: 0 } ? new ValueRule { Keys = Trie.AddRoot() } : Compile(tools[i].Schema);
        }
    }

    public NameTrie Trie { get; } = new();

    /// <summary>Root of the tool names; a name's payload is its tool.</summary>
    public int Names { get; }

    /// <summary>By tool.</summary>
    public ValueRule[] Arguments { get; }

    ValueRule Compile(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || Combining.Any(word => schema.TryGetProperty(word, out _)))
        {
            return ValueRule.Anything;
        }

        var kinds = Kinds(schema);
        var literals = Literals(schema);
        var rule = new ValueRule { Kinds = kinds, Literals = literals };
        if (literals >= 0)
        {
            return rule;
        }

        var items = kinds.HasFlag(JsonKinds.Array) && schema.TryGetProperty("items", out var i) ? Compile(i) : null;
        var needsItem = schema.TryGetProperty("minItems", out var least) && least.TryGetInt32(out var n) && n > 0;
        return kinds.HasFlag(JsonKinds.Object) && Properties(schema) is { Length: > 0 and <= ValueRule.MostMembers } properties
            ? WithMembers(schema, properties, kinds, items, needsItem)
            : new ValueRule { Kinds = kinds, Items = items, NeedsItem = needsItem };
    }

    ValueRule WithMembers(JsonElement schema, JsonProperty[] properties, JsonKinds kinds, ValueRule? items, bool needsItem)
    {
        ValueRule[] members = [.. properties.Select(p => Compile(p.Value))];
        var keys = Trie.AddRoot();
        for (var i = 0; i < properties.Length; i++)
        {
            Trie.Add(keys, Text(properties[i].Name)[1..^1], i);
        }

        var required = 0UL;
        if (schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in names.EnumerateArray())
            {
                var at = Array.FindIndex(properties, p => name.ValueKind == JsonValueKind.String && name.ValueEquals(p.Name));
                required |= at >= 0 ? 1UL << at : 0;
            }
        }

        return new ValueRule { Kinds = kinds, Keys = keys, Members = members, Required = required, Items = items, NeedsItem = needsItem };
    }

    int Literals(JsonElement schema)
    {
        JsonElement[] values = schema.TryGetProperty("const", out var constant) ? [constant]
            : schema.TryGetProperty("enum", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()]
            : [];
        if (values.Length == 0)
        {
            return -1;
        }

        var root = Trie.AddRoot();
        foreach (var value in values)
        {
            Trie.Add(root, value.ValueKind == JsonValueKind.String ? Text(value.GetString()!) : JsonSerializer.Serialize(value, Plain), 0);
        }

        return root;
    }

    static JsonKinds Kinds(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return schema.TryGetProperty("properties", out _) ? JsonKinds.Object
                : schema.TryGetProperty("items", out _) ? JsonKinds.Array
                : JsonKinds.Any;
        }

        var kinds = type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Aggregate(JsonKinds.None, (all, one) => all | Kind(one))
            : Kind(type);
        return kinds == JsonKinds.None ? JsonKinds.Any : kinds;
    }

    // A type that JSON Schema does not know says nothing that could be held to.
    static JsonKinds Kind(JsonElement type) => type.ValueKind != JsonValueKind.String ? JsonKinds.Any : type.GetString() switch
    {
        "string" => JsonKinds.String,
        "integer" => JsonKinds.Integer,
        "number" => JsonKinds.Number,
        "boolean" => JsonKinds.Boolean,
        "null" => JsonKinds.Null,
        "object" => JsonKinds.Object,
        "array" => JsonKinds.Array,
        _ => JsonKinds.Any,
    };

    static JsonProperty[]? Properties(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? [.. properties.EnumerateObject()] : null;

    // As a SAN writes: text beyond ASCII as it is.
    static string Text(string value) => JsonSerializer.Serialize(value, Plain);
}
