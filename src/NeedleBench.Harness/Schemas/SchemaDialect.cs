using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NeedleBench.Harness.Schemas;

/// <summary>
/// Rewrites a draft 2020-12 schema into the drafts that NJsonSchema reads (<c>const</c>, <c>prefixItems</c>, boolean schemas),
/// and refuses what would make it fetch files, loop or fail at the first value: references that leave the schema, lead
/// nowhere or lead back to themselves, and patterns that are no regular expression.
/// </summary>
static class SchemaDialect
{
    static readonly string[] InPlaceLists = ["allOf", "anyOf", "oneOf"];

    /// <summary>The schema as text. <paramref name="root"/> must be a JSON object.</summary>
    /// <exception cref="InputException">The schema holds one of the things named above.</exception>
    public static string ToDraft7(JsonElement root) => Rewrite(root, root)!.ToJsonString();

    static JsonNode? Rewrite(JsonElement schema, JsonElement root)
    {
        switch (schema.ValueKind)
        {
            case JsonValueKind.True:
                return new JsonObject();
            case JsonValueKind.False:
                return new JsonObject { ["not"] = new JsonObject() };
            case JsonValueKind.Object:
                break;
            default:
                return Copy(schema);
        }

        RefuseLoop(schema, root, []);
        var tuple = schema.TryGetProperty("prefixItems", out _);
        var result = new JsonObject();
        foreach (var member in schema.EnumerateObject())
        {
            var value = member.Value;
            switch (member.Name)
            {
                case "properties" or "patternProperties" or "$defs" or "definitions" when value.ValueKind == JsonValueKind.Object:
                    var map = new JsonObject();
                    foreach (var inner in value.EnumerateObject())
                    {
                        map[inner.Name] = Rewrite(inner.Value, root);
                    }

                    result[member.Name] = map;
                    break;
                case "prefixItems" when value.ValueKind == JsonValueKind.Array:
                    result["items"] = RewriteList(value, root);
                    break;
                case "items" when tuple:
                    result["additionalItems"] = IsBoolean(value) ? Copy(value) : Rewrite(value, root);
                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                case "allOf" or "anyOf" or "oneOf" when value.ValueKind == JsonValueKind.Array:
                    result[member.Name] = RewriteList(value, root);
                    break;
                case "items" or "not":
                    result[member.Name] = Rewrite(value, root);
                    break;
                case "additionalProperties" or "additionalItems":
                    result[member.Name] = IsBoolean(value) ? Copy(value) : Rewrite(value, root);
                    break;
                case "const":
                    result["enum"] = new JsonArray(Copy(value));
                    break;
                case "pattern":
                    RefuseBadPattern(value);
                    result[member.Name] = Copy(value);
                    break;
                // An identifier is a base for references, which stay inside the schema; as an address it would be fetched.
                case "$id" or "id" or "$schema":
                    break;
                default:
                    result[member.Name] = Copy(value);
                    break;
            }
        }

        return result;
    }

    static JsonArray RewriteList(JsonElement list, JsonElement root) =>
        new([.. list.EnumerateArray().Select(item => Rewrite(item, root))]);

    static bool IsBoolean(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    static JsonNode? Copy(JsonElement value) => JsonNode.Parse(value.GetRawText());

    // A loop through properties or items ends with the value; one that stays at the same value never does.
    static void RefuseLoop(JsonElement schema, JsonElement root, HashSet<string> followed)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String)
        {
            var pointer = reference.GetString()!;
            if (!followed.Add(pointer))
            {
                throw Bad($"the reference '{pointer}' leads back to itself");
            }

            RefuseLoop(Resolve(pointer, root), root, followed);
            followed.Remove(pointer);
        }

        foreach (var keyword in InPlaceLists)
        {
            if (schema.TryGetProperty(keyword, out var list) && list.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in list.EnumerateArray())
                {
                    RefuseLoop(item, root, followed);
                }
            }
        }

        if (schema.TryGetProperty("not", out var not))
        {
            RefuseLoop(not, root, followed);
        }
    }

    static JsonElement Resolve(string pointer, JsonElement root)
    {
        if (pointer == "#")
        {
            return root;
        }

        if (!pointer.StartsWith("#/", StringComparison.Ordinal))
        {
            throw Bad($"the reference '{pointer}' leaves the schema; only '#/…' is followed");
        }

        var at = root;
        foreach (var step in Uri.UnescapeDataString(pointer[2..]).Split('/'))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index >= 0 && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                throw Bad($"the reference '{pointer}' leads nowhere");
            }
        }

        return at;
    }

    static void RefuseBadPattern(JsonElement pattern)
    {
        if (pattern.ValueKind != JsonValueKind.String)
        {
            throw Bad("a pattern is no string");
        }

        try
        {
            _ = new Regex(pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException e)
        {
            throw Bad($"the pattern '{pattern.GetString()}' is no regular expression ({e.Message.TrimEnd('.')})");
        }
    }

    static InputException Bad(string problem) =>
        new($"the parameters are no JSON Schema that can be checked: {problem}", "Correct the tool's parameters.");
}
