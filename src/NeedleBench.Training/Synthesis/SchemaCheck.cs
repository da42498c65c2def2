using System.Globalization;
using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>Checks a value against a parameter's schema: type, enum, range, items, nested properties.</summary>
static class SchemaCheck
{
    /// <summary>What is wrong with the value, or null.</summary>
    public static string? Problem(CorpusParameter parameter, JsonElement value)
    {
        try
        {
            return ProblemByRules(parameter, value);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            // A rule of another JSON kind than it must have, such as a "minimum" that is a text.
            return "the schema of the parameter is malformed";
        }
    }

    static string? ProblemByRules(CorpusParameter parameter, JsonElement value)
    {
        if (parameter.Enum is { } values && !(value.ValueKind == JsonValueKind.String && values.Contains(value.GetString()!)))
        {
            return $"{value.GetRawText()} is not in the enum";
        }

        return TypeProblem(parameter.Type, value) ?? parameter.Rest
            .Select(rule => RuleProblem(rule.Key, rule.Value, value)).FirstOrDefault(p => p is not null);
    }

    static string? Problem(JsonElement schema, JsonElement value)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return "a nested schema is no object";
        }

        if (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            && TypeProblem(type.GetString()!, value) is { } problem)
        {
            return problem;
        }

        return schema.EnumerateObject()
            .Select(rule => RuleProblem(rule.Name, rule.Value, value)).FirstOrDefault(p => p is not null);
    }

    static string? TypeProblem(string type, JsonElement value)
    {
        var fits = type switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            "array" => value.ValueKind == JsonValueKind.Array,
            "object" => value.ValueKind == JsonValueKind.Object,
            _ => false,
        };
        return fits ? null : $"{value.GetRawText()} is no {type}";
    }

    static string? RuleProblem(string rule, JsonElement limit, JsonElement value) => rule switch
    {
        "minimum" when value.ValueKind == JsonValueKind.Number && value.GetDouble() < limit.GetDouble() =>
            $"{value.GetRawText()} is below {Text(limit)}",
        "maximum" when value.ValueKind == JsonValueKind.Number && value.GetDouble() > limit.GetDouble() =>
            $"{value.GetRawText()} is above {Text(limit)}",
        "enum" when !limit.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)) =>
            $"{value.GetRawText()} is not in the enum",
        "items" when value.ValueKind == JsonValueKind.Array =>
            value.EnumerateArray().Select(item => Problem(limit, item)).FirstOrDefault(p => p is not null),
        "minItems" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() < limit.GetInt32() =>
            $"{value.GetRawText()} has too few items",
        "maxItems" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > limit.GetInt32() =>
            $"{value.GetRawText()} has too many items",
        "properties" when value.ValueKind == JsonValueKind.Object => PropertiesProblem(limit, value),
        "required" when value.ValueKind == JsonValueKind.Object => limit.EnumerateArray()
            .Where(name => !value.TryGetProperty(name.GetString()!, out _))
                .Select(name => $"{value.GetRawText()} lacks '{name}'").FirstOrDefault(),
        _ => null,
    };

    static string? PropertiesProblem(JsonElement properties, JsonElement value) => value.EnumerateObject()
        .Select(member => properties.TryGetProperty(member.Name, out var schema) ? Problem(schema, member.Value)
            : $"{value.GetRawText()} has an unknown '{member.Name}'")
        .FirstOrDefault(p => p is not null);

    static string Text(JsonElement number) => number.GetDouble().ToString(CultureInfo.InvariantCulture);
}
