using System.Text.Json;

namespace NeedleBench.Harness.Bfcl.Conversion;

/// <summary>What the conversion of answers needs to know of a function in Berkeley's form.</summary>
sealed class BfclFunction
{
    readonly JsonElement _properties;
    readonly HashSet<string> _required = new(StringComparer.Ordinal);

    BfclFunction(JsonElement function)
    {
        var parameters = function.GetProperty("parameters");
        _properties = parameters.TryGetProperty("properties", out var properties) ? properties : default;
        if (parameters.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            _required.UnionWith(required.EnumerateArray().Select(name => name.ToString()));
        }
    }

    /// <summary>The function of that name; null where there is none.</summary>
    public static BfclFunction? Find(JsonElement functions, string name)
    {
        foreach (var function in functions.EnumerateArray())
        {
            if (function.GetProperty("name").GetString() == name)
            {
                return new BfclFunction(function);
            }
        }

        return null;
    }

    public bool Requires(string parameter) => _required.Contains(parameter);

    public bool Declares(string parameter) =>
        _properties.ValueKind == JsonValueKind.Object && _properties.TryGetProperty(parameter, out _);

    /// <summary>Whether a parameter takes texts.</summary>
    public bool IsText(string parameter) =>
        Declares(parameter) && TypeOf(_properties.GetProperty(parameter)) is ("string" or "any");

    public ValueShape ShapeOf(string parameter)
    {
        if (!Declares(parameter))
        {
            return ValueShape.Plain;
        }

        var details = _properties.GetProperty(parameter);
        var element = details.TryGetProperty("items", out var items) ? TypeOf(items) : null;
        return (TypeOf(details), element) switch
        {
            ("dict", _) => ValueShape.Dict,
            ("array" or "tuple", "dict") => ValueShape.DictList,
            ("array" or "tuple", "float") => ValueShape.FloatList,
            _ => ValueShape.Plain,
        };
    }

    static string? TypeOf(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString()
            : null;
}
