using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Bfcl.Conversion;

/// <summary>Writes our expected calls as Berkeley's ground truth.</summary>
static class GroundTruthWriter
{
    /// <param name="expected">The calls.</param>
    /// <param name="functions">Their functions in Berkeley's form.</param>
    public static JsonElement Write(IReadOnlyList<ExpectedCall> expected, JsonElement functions)
    {
        var truth = new JsonArray();
        foreach (var call in expected)
        {
            var function = BfclFunction.Find(functions, call.Name);
            var parameters = new JsonObject();
            foreach (var (name, accepted) in call.Arguments)
            {
                parameters[name] = Alternatives(accepted, function?.ShapeOf(name) ?? ValueShape.Plain);
            }

            truth.Add(new JsonObject { [call.Name] = parameters });
        }

        return JsonSerializer.SerializeToElement(truth, HarnessJson.Line);
    }

    static JsonArray Alternatives(AcceptedValues accepted, ValueShape shape)
    {
        var merged = shape == ValueShape.Dict ? DictAlternatives.Merge(accepted.Values) : null;
        var list = merged is not null
            ? new JsonArray(merged)
            : new JsonArray([.. accepted.Values.Select(value => Alternative(value, shape))]);
        if (shape == ValueShape.FloatList && accepted.Values.Any(NumberLists.MixesFloatsBeforeIntegers))
        {
            list.Add(NumberLists.Marker());
        }

        if (accepted.MayBeOmitted)
        {
            list.Add("");
        }

        return list;
    }

    static JsonNode? Alternative(JsonElement value, ValueShape shape) => (shape, value.ValueKind) switch
    {
        (ValueShape.Dict, JsonValueKind.Object) => DictAlternatives.Of(value),
        (ValueShape.DictList, JsonValueKind.Array) => new JsonArray([.. value.EnumerateArray().Select(item =>
            item.ValueKind == JsonValueKind.Object ? DictAlternatives.Of(item) : DictAlternatives.Copy(item))]),
        _ => DictAlternatives.Copy(value),
    };
}
