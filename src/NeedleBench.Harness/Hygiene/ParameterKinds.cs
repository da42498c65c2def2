using System.Text.Json;

namespace NeedleBench.Harness.Hygiene;

/// <summary>Kinds of parameters that are hard in ways of their own, so that a suite should hold each.</summary>
public static class ParameterKinds
{
    public const string Enum = "an enum";
    public const string IntegerRange = "an integer with minimum and maximum";
    public const string Boolean = "a boolean";
    public const string StringArray = "an array of strings";
    public const string NestedObject = "a nested object";
    public const string Optional = "an optional parameter";

    public static IReadOnlyList<string> All { get; } = [Enum, IntegerRange, Boolean, StringArray, NestedObject, Optional];

    /// <summary>The kinds that a tool's parameters are of, at any depth of objects and arrays.</summary>
    public static IReadOnlySet<string> Of(ToolDefinition tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        CollectProperties(tool.Schema, kinds);
        return kinds;
    }

    static void CollectProperties(JsonElement schema, HashSet<string> kinds)
    {
        if (schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var required = schema.TryGetProperty("required", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(name => name.ToString()).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var property in properties.EnumerateObject())
        {
            if (!required.Contains(property.Name))
            {
                kinds.Add(Optional);
            }

            CollectValue(property.Value, kinds);
        }
    }

    static void CollectValue(JsonElement schema, HashSet<string> kinds)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("enum", out _))
        {
            kinds.Add(Enum);
        }

        if (IsType(schema, "integer") && schema.TryGetProperty("minimum", out _) && schema.TryGetProperty("maximum", out _))
        {
            kinds.Add(IntegerRange);
        }

        if (IsType(schema, "boolean"))
        {
            kinds.Add(Boolean);
        }

        if (IsType(schema, "array") && schema.TryGetProperty("items", out var items))
        {
            if (items.ValueKind == JsonValueKind.Object && IsType(items, "string"))
            {
                kinds.Add(StringArray);
            }

            CollectValue(items, kinds);
        }

        if (IsType(schema, "object"))
        {
            kinds.Add(NestedObject);
            CollectProperties(schema, kinds);
        }
    }

    static bool IsType(JsonElement schema, string type) =>
        schema.TryGetProperty("type", out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(type);
}
