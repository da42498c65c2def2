using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeedleBench;

/// <summary>The two written forms of a tool's parameters, and the way from Needle's flat map to JSON Schema.</summary>
public static class ToolParameters
{
    static readonly JsonElement NoParameters =
        JsonSerializer.SerializeToElement(new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() });

    /// <summary>
    /// Whether <paramref name="parameters"/> is Needle's flat map: an object whose members are all parameter descriptions.
    /// A JSON Schema says <c>"type":"object"</c> in a string, which no flat map can.
    /// </summary>
    public static bool IsFlatMap(JsonElement parameters) =>
        parameters.ValueKind == JsonValueKind.Object
        && parameters.EnumerateObject().Any()
        && parameters.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.Object)
        && !(parameters.TryGetProperty("properties", out var inner)
            && inner.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.Object));

    /// <summary>A JSON Schema object for parameters in either form; <c>required</c> flags become a <c>required</c> list.</summary>
    public static JsonElement ToSchema(JsonElement parameters)
    {
        if (parameters.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return NoParameters;
        }

        if (!IsFlatMap(parameters))
        {
            return parameters.ValueKind == JsonValueKind.Object && !parameters.EnumerateObject().Any() ? NoParameters : parameters;
        }

        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var parameter in parameters.EnumerateObject())
        {
            var property = new JsonObject();
            foreach (var member in parameter.Value.EnumerateObject())
            {
                if (member.Name == "required")
                {
                    if (member.Value.ValueKind == JsonValueKind.True)
                    {
                        required.Add(parameter.Name);
                    }
                }
                else
                {
                    property[member.Name] = JsonNode.Parse(member.Value.GetRawText());
                }
            }

            properties[parameter.Name] = property;
        }

        return JsonSerializer.SerializeToElement(
            new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required });
    }
}
