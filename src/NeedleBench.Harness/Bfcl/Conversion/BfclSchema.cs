using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeedleBench.Harness.Bfcl.Conversion;

/// <summary>
/// Rewrites tools between JSON Schema and the dialect of Berkeley's files: <c>object</c> and <c>dict</c>, <c>number</c> and
/// <c>float</c>, no type and <c>any</c>, throughout <c>properties</c> and <c>items</c>; every other keyword stays as it is. A
/// type that would not come back (<c>tuple</c>) is kept in <see cref="OriginalType"/>.
/// </summary>
static class BfclSchema
{
    /// <summary>The keyword that holds Berkeley's word where JSON Schema has no other for it.</summary>
    public const string OriginalType = "x-bfcl-type";

    /// <summary>Berkeley's <c>function</c> array: the tools' name, description and parameters.</summary>
    public static JsonElement ToFunctions(IEnumerable<ToolDefinition> tools) => JsonSerializer.SerializeToElement(
        new JsonArray([.. tools.Select(tool => new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["parameters"] = ToParameters(tool.Schema),
        })]), HarnessJson.Line);

    /// <summary>A description's parameters as JSON Schema.</summary>
    public static JsonObject ToJsonSchema(JsonElement parameters)
    {
        var schema = JsonNode.Parse(parameters.GetRawText())!.AsObject();
        RewriteAll(schema, ToJsonType);
        return schema;
    }

    static JsonObject ToParameters(JsonElement schema)
    {
        var parameters = JsonNode.Parse(schema.GetRawText())!.AsObject();
        RewriteAll(parameters, ToBfclType);

        // Their checker reads both without looking whether they are there.
        parameters.TryAdd("properties", new JsonObject());
        parameters.TryAdd("required", new JsonArray());
        return parameters;
    }

    static void RewriteAll(JsonObject schema, Action<JsonObject> rewrite)
    {
        rewrite(schema);
        if (schema["properties"] is JsonObject properties)
        {
            foreach (var (_, property) in properties)
            {
                if (property is JsonObject inner)
                {
                    RewriteAll(inner, rewrite);
                }
            }
        }

        if (schema["items"] is JsonObject items)
        {
            RewriteAll(items, rewrite);
        }
    }

    static void ToJsonType(JsonObject schema)
    {
        var given = schema["type"]?.DeepClone();
        var present = schema.ContainsKey("type");
        switch (Word(given))
        {
            case "dict":
                schema["type"] = "object";
                break;
            case "float":
                schema["type"] = "number";
                break;
            case "tuple":
                schema["type"] = "array";
                break;
            case "any":
                schema.Remove("type");
                break;
        }

        if (!present || Word(given) is not { } word || word != WordBack(schema))
        {
            schema[OriginalType] = given;
        }
    }

    static void ToBfclType(JsonObject schema)
    {
        if (schema.ContainsKey(OriginalType))
        {
            var original = schema[OriginalType]?.DeepClone();
            schema.Remove(OriginalType);
            if (original is null)
            {
                schema.Remove("type");
            }
            else
            {
                schema["type"] = original;
            }
        }
        else
        {
            schema["type"] = WordBack(schema);
        }

        // An array without items cannot be checked by theirs; "any" lets the accepted values decide.
        if (schema["type"] is JsonValue type && Word(type) == "array" && schema["items"] is null)
        {
            schema["items"] = new JsonObject { ["type"] = "any" };
        }
    }

    static string WordBack(JsonObject schema)
    {
        var type = schema["type"] is JsonArray several ? several.FirstOrDefault(t => Word(t) != "null") : schema["type"];
        return Word(type) switch
        {
            "object" => "dict",
            "number" => "float",
            "string" or "integer" or "boolean" or "array" => Word(type)!,
            _ => "any",
        };
    }

    static string? Word(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var word) ? word : null;
}
