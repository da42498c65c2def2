using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Bfcl.Conversion;

/// <summary>
/// Berkeley gives the alternatives of a dict per key, <c>{"a":[1,2],"b":["x",""]}</c>; we give whole values. Deeper values
/// are whole on both sides.
/// </summary>
static class DictAlternatives
{
    /// <summary>The most whole values that one alternative is expanded into; further ones are left out.</summary>
    public const int MaxExpanded = 256;

    /// <summary>One whole value as a dict of single alternatives.</summary>
    public static JsonObject Of(JsonElement value)
    {
        var dict = new JsonObject();
        foreach (var member in value.EnumerateObject())
        {
            dict[member.Name] = new JsonArray(Copy(member.Value));
        }

        return dict;
    }

    /// <summary>
    /// One dict whose alternatives per key allow exactly <paramref name="values"/>; null where they are not the full product
    /// of what stands at each key.
    /// </summary>
    public static JsonObject? Merge(IReadOnlyList<JsonElement> values)
    {
        if (values.Count < 2 || values.Any(value => value.ValueKind != JsonValueKind.Object))
        {
            return null;
        }

        var keys = new OrderedDictionary<string, OrderedDictionary<string, JsonElement>>(StringComparer.Ordinal);
        foreach (var member in values.SelectMany(value => value.EnumerateObject()))
        {
            if (!keys.TryGetValue(member.Name, out var seen))
            {
                keys.Add(member.Name, seen = new(StringComparer.Ordinal));
            }

            seen.TryAdd(CanonicalJson.Of(member.Value), member.Value);
        }

        var product = 1L;
        var merged = new JsonObject();
        foreach (var (key, seen) in keys)
        {
            var optional = values.Any(value => !value.TryGetProperty(key, out _));
            product *= seen.Count + (optional ? 1 : 0);
            if (product > values.Count)
            {
                return null;
            }

            var alternatives = new JsonArray([.. seen.Values.Select(Copy)]);
            if (optional)
            {
                // In front where the first value leaves the key out, which then stays the first one.
                alternatives.Insert(values[0].TryGetProperty(key, out _) ? alternatives.Count : 0, "");
            }

            merged[key] = alternatives;
        }

        return product == values.Select(CanonicalJson.Of).Distinct(StringComparer.Ordinal).Count() ? merged : null;
    }

    /// <summary>The whole values that a dict of alternatives allows, the first alternatives first, at most <see cref="MaxExpanded"/>.</summary>
    public static IReadOnlyList<JsonNode?> Expand(JsonElement dict)
    {
        var partial = new List<JsonObject> { new() };
        foreach (var member in dict.EnumerateObject())
        {
            var alternatives = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().ToList() : [member.Value];
            var grown = new List<JsonObject>();
            foreach (var start in partial)
            {
                foreach (var value in alternatives)
                {
                    var longer = start.DeepClone().AsObject();
                    if (!IsOmission(value))
                    {
                        longer[member.Name] = Copy(value);
                    }

                    grown.Add(longer);
                }
            }

            partial = grown.Count > MaxExpanded ? grown[..MaxExpanded] : grown;
        }

        return partial;
    }

    /// <summary>The whole lists that a list of such dicts allows, at most <see cref="MaxExpanded"/>.</summary>
    public static IReadOnlyList<JsonNode?> ExpandList(JsonElement list)
    {
        var partial = new List<List<JsonNode?>> { new() };
        foreach (var item in list.EnumerateArray())
        {
            var values = item.ValueKind == JsonValueKind.Object ? Expand(item) : [Copy(item)];
            partial = [.. partial.SelectMany(start => values.Select(value => (List<JsonNode?>)[.. start, value])).Take(MaxExpanded)];
        }

        return [.. partial.Select(items => new JsonArray([.. items.Select(item => item?.DeepClone())]))];
    }

    public static JsonNode? Copy(JsonElement value) => JsonNode.Parse(value.GetRawText());

    /// <summary>Whether an alternative stands for leaving the thing out.</summary>
    public static bool IsOmission(JsonElement alternative) => alternative.ValueKind == JsonValueKind.String && alternative.ValueEquals("");
}
