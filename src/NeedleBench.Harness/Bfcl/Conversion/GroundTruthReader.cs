using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Bfcl.Conversion;

/// <summary>
/// Reads Berkeley's ground truth as the expected calls of a case's line, as near as whole accepted values come to it: dicts
/// are expanded, <c>""</c> becomes the <c>null</c> that allows leaving out, and a parameter that only <c>""</c> or
/// <c>null</c> stands at is one that must not be given.
/// </summary>
static class GroundTruthReader
{
    /// <param name="truth">A JSON array of calls.</param>
    /// <param name="functions">The functions on offer in Berkeley's form.</param>
    /// <returns>The <c>expected</c> member of a case's line.</returns>
    public static JsonArray Read(JsonElement truth, JsonElement functions)
    {
        var expected = new JsonArray();
        foreach (var call in truth.EnumerateArray().Select(call => call.EnumerateObject().First()))
        {
            var function = BfclFunction.Find(functions, call.Name);
            var arguments = new JsonObject();
            foreach (var parameter in call.Value.EnumerateObject())
            {
                if (Accepted(parameter, function) is { } accepted)
                {
                    arguments[parameter.Name] = accepted;
                }
            }

            expected.Add(new JsonObject { ["name"] = call.Name, ["arguments"] = arguments });
        }

        return expected;
    }

    static JsonArray? Accepted(JsonProperty parameter, BfclFunction? function)
    {
        var alternatives = parameter.Value.ValueKind == JsonValueKind.Array ? parameter.Value.EnumerateArray().ToList() : [];
        var required = function?.Requires(parameter.Name) ?? false;
        var omissions = alternatives.Count(DictAlternatives.IsOmission);
        var optional = omissions > 0;

        // A parameter that the function does not have may as well stay away where it may.
        if (optional && function?.Declares(parameter.Name) != true)
        {
            return null;
        }

        // The empty text is a value where it cannot mean leaving out: of a required text, and where it stands twice.
        var empty = function?.IsText(parameter.Name) == true ? omissions - (required ? 0 : 1) : 0;
        var shape = function?.ShapeOf(parameter.Name) ?? ValueShape.Plain;
        var values = new JsonArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in alternatives.Where(a => !DictAlternatives.IsOmission(a) || empty-- > 0).SelectMany(a => Values(a, shape)))
        {
            if (value is not null && seen.Add(CanonicalJson.Of(JsonSerializer.SerializeToElement(value))))
            {
                values.Add(value);
            }
        }

        if (values.Count == 0)
        {
            return required && optional ? new JsonArray("") : null;
        }

        // Their checker asks for required parameters first, whatever the alternatives say.
        if (optional && !required)
        {
            values.Add(null);
        }

        return values;
    }

    static IReadOnlyList<JsonNode?> Values(JsonElement alternative, ValueShape shape) => (shape, alternative.ValueKind) switch
    {
        (ValueShape.Dict, JsonValueKind.Object) => DictAlternatives.Expand(alternative),
        (ValueShape.FloatList, JsonValueKind.Array) when NumberLists.IsMarker(alternative) => [],
        (ValueShape.DictList, JsonValueKind.Array) => DictAlternatives.ExpandList(alternative),
        _ => [DictAlternatives.Copy(alternative)],
    };
}
