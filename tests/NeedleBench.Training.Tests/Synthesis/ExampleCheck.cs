using System.Text.Json;

namespace NeedleBench.Training.Tests.Synthesis;

/// <summary>A small schema check, written apart from the code under test.</summary>
static class ExampleCheck
{
    public static void Fits(JsonElement schema, JsonElement arguments)
    {
        var properties = schema.GetProperty("properties");
        foreach (var required in schema.GetProperty("required").EnumerateArray())
        {
            Assert.True(arguments.TryGetProperty(required.GetString()!, out _), $"{required} is missing in {arguments}");
        }

        var declared = properties.EnumerateObject().Select(p => p.Name).ToList();
        var at = -1;
        foreach (var argument in arguments.EnumerateObject())
        {
            var position = declared.IndexOf(argument.Name);
            Assert.True(position > at, $"{argument.Name} is unknown or out of order in {arguments}");
            at = position;
            FitsValue(properties.GetProperty(argument.Name), argument.Value);
        }
    }

    static void FitsValue(JsonElement schema, JsonElement value)
    {
        var fits = schema.GetProperty("type").GetString() switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() % 1 == 0,
            "number" => value.ValueKind == JsonValueKind.Number,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "array" => value.ValueKind == JsonValueKind.Array,
            "object" => value.ValueKind == JsonValueKind.Object,
            _ => false,
        };
        Assert.True(fits, $"{value} is not of {schema}");
        if (schema.TryGetProperty("enum", out var values))
        {
            Assert.Contains(value.GetRawText(), values.EnumerateArray().Select(v => v.GetRawText()));
        }

        if (schema.TryGetProperty("items", out var items))
        {
            foreach (var item in value.EnumerateArray())
            {
                FitsValue(items, item);
            }
        }
    }

    /// <summary>All texts in a value, however deep.</summary>
    public static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => Texts(m.Value)),
        _ => [],
    };
}
