using System.Globalization;
using System.Text.Json.Nodes;

namespace NeedleBench.Onnx.Dialects.Parsing;

/// <summary>
/// Floating-point numbers as Python reads them. JSON has no word for three of them: they become <c>{"$float":"nan"}</c>,
/// <c>{"$float":"inf"}</c> and <c>{"$float":"-inf"}</c>, which equal no argument that a tool could expect.
/// </summary>
static class PythonFloats
{
    public static JsonObject NotANumber() => new() { ["$float"] = "nan" };

    public static JsonObject Infinity(bool isNegative) => new() { ["$float"] = isNegative ? "-inf" : "inf" };

    /// <summary>The JSON text of a number with a point or an exponent; an infinity where it is out of range.</summary>
    public static JsonNode Node(string json)
    {
        var value = double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? JsonNode.Parse(json)! : Infinity(double.IsNegative(value));
    }
}
