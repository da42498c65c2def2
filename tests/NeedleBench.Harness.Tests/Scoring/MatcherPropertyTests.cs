using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Tests.Scoring;

/// <summary>Spelling never matters and values always do, for arguments made at random.</summary>
public class MatcherPropertyTests
{
    static readonly Gen<JsonNode?> Scalar = Gen.OneOf(
        Gen.Choose(-1_000_000, 1_000_000).Select(n => (JsonNode?)JsonValue.Create(n)),
        Gen.Choose(-1_000_000, 1_000_000).Select(n => (JsonNode?)JsonValue.Create(n / 1000m)),
        Gen.Elements("", "5", "tea", "Café", "Ångström", "한국", "a\"b\\", "true", "1e3", "😀").Select(s => (JsonNode?)JsonValue.Create(s)),
        Gen.Elements(true, false).Select(b => (JsonNode?)JsonValue.Create(b)));

    static readonly Arbitrary<Sampled> Samples = (
        from values in Value(2).ListOf()
        from seed in Gen.Choose(0, int.MaxValue)
        where values.Count > 0
        select new Sampled([.. values], seed)).ToArbitrary();

    [Fact]
    public void Order_white_space_and_spelling_never_change_a_verdict() =>
        Prop.ForAll(Samples, sampled =>
        {
            var random = new Random(sampled.Seed);
            var plain = Match(sampled, Write(sampled.Values, new Spelling(null)));
            var respelled = Match(sampled, Write(sampled.Values, new Spelling(random)));
            return plain.IsExact && respelled.IsExact
                && respelled.Calls[0].Arguments.All(a => a.Verdict == ArgumentVerdict.Correct)
                && respelled.Calls[0].Arguments.Count == sampled.Values.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Replacing_one_value_always_changes_its_verdict_and_no_other() =>
        Prop.ForAll(Samples, sampled =>
        {
            var random = new Random(sampled.Seed);
            var at = random.Next(sampled.Values.Length);
            JsonNode?[] changed = [.. sampled.Values];
            changed[at] = Different(sampled.Values[at], random);
            var match = Match(sampled, Write(changed, new Spelling(random)));
            return !match.IsExact && match.Calls[0].Arguments.All(
                a => a.Verdict == (a.Name == $"p{at}" ? ArgumentVerdict.WrongValue : ArgumentVerdict.Correct));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_wrong_answer_has_the_same_verdicts_however_it_is_spelled() =>
        Prop.ForAll(Samples, sampled =>
        {
            var random = new Random(sampled.Seed);
            JsonNode?[] changed = [.. sampled.Values.Select(v => random.Next(2) == 0 ? v : Different(v, random))];
            var plain = Match(sampled, Write(changed, new Spelling(null)));
            var respelled = Match(sampled, Write(changed, new Spelling(random)));
            return plain.IsExact == respelled.IsExact && plain.ExactCalls == respelled.ExactCalls
                && plain.Calls[0].SchemaValid == respelled.Calls[0].SchemaValid
                && plain.Calls[0].Arguments.ToHashSet().SetEquals(respelled.Calls[0].Arguments);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_change_deep_inside_a_value_always_changes_its_verdict() =>
        Prop.ForAll(Samples, sampled =>
        {
            var random = new Random(sampled.Seed);
            var at = random.Next(sampled.Values.Length);
            JsonNode?[] changed = [.. sampled.Values];
            changed[at] = DifferentInside(sampled.Values[at], random);
            var match = Match(sampled, Write(changed, new Spelling(random)));
            return !match.IsExact && match.Calls[0].Arguments.Single(a => a.Name == $"p{at}").Verdict == ArgumentVerdict.WrongValue;
        }).QuickCheckThrowOnFailure();

    static Gen<JsonNode?> Value(int depth) => depth == 0 ? Scalar : Gen.OneOf(
        Scalar,
        Value(depth - 1).ArrayOf(2).Select(items => (JsonNode?)new JsonArray([.. items.Select(i => i?.DeepClone())])),
        Value(depth - 1).ArrayOf(3).Select(items => (JsonNode?)new JsonObject(
            items.Select((item, i) => KeyValuePair.Create($"k{i}é", item?.DeepClone())))));

    /// <summary>A value of another kind, or one more, or a character more: never equal to what it is made from.</summary>
    static JsonNode? Different(JsonNode? value, Random random) => value!.GetValueKind() switch
    {
        JsonValueKind.Number when random.Next(2) == 0 => JsonValue.Create(value.ToJsonString()),
        JsonValueKind.Number => JsonValue.Create(decimal.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) + 0.0001m),
        JsonValueKind.String => JsonValue.Create(value.GetValue<string>() + "x"),
        JsonValueKind.True => random.Next(2) == 0 ? JsonValue.Create(false) : JsonValue.Create(1),
        JsonValueKind.False => null,
        JsonValueKind.Array => new JsonArray([.. value.AsArray().Select(i => i?.DeepClone()), null]),
        _ => new JsonObject([.. value.AsObject().Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())), KeyValuePair.Create("more", (JsonNode?)null)]),
    };

    /// <summary>The value with one of the values within it changed, as deep as there are any.</summary>
    static JsonNode? DifferentInside(JsonNode? value, Random random)
    {
        var copy = value!.DeepClone();
        switch (copy)
        {
            case JsonArray { Count: > 0 } array:
                var at = random.Next(array.Count);
                array[at] = DifferentInside(array[at], random);
                return array;
            case JsonObject { Count: > 0 } members:
                var name = members.ElementAt(random.Next(members.Count)).Key;
                members[name] = DifferentInside(members[name], random);
                return members;
            default:
                return Different(copy, random);
        }
    }

    static CaseMatch Match(Sampled sampled, string arguments)
    {
        var accepted = string.Join(',', sampled.Values.Select((v, i) => $"\"p{i}\":[\"another\",{v!.ToJsonString()}]"));
        return Sample.Match(
            $$$"""[{"name":"note","arguments":{{{{accepted}}}}}]""", $$$"""[{"name":"note","arguments":{{{arguments}}}}]""");
    }

    static string Write(JsonNode?[] values, Spelling spelling) =>
        spelling.Object(values.Select((v, i) => ($"p{i}", v)));

    /// <summary>At least one value; the seed chooses the spelling.</summary>
    sealed record Sampled(JsonNode?[] Values, int Seed)
    {
        public override string ToString() => $"{Write(Values, new Spelling(null))} seed {Seed}";
    }

    /// <summary>Writes values as JSON: plainly, or with random order, white space, escapes, normal form and number spelling.</summary>
    sealed class Spelling(Random? random)
    {
        public string Object(IEnumerable<(string Name, JsonNode? Value)> members)
        {
            var shuffled = members.ToArray();
            random?.Shuffle(shuffled);
            var parts = shuffled.Select(m => $"{Space()}{Text(m.Name)}{Space()}:{Space()}{Value(m.Value)}{Space()}");
            return $"{{{string.Join(',', parts)}}}";
        }

        string Value(JsonNode? value) => value?.GetValueKind() switch
        {
            null => "null",
            JsonValueKind.Object => Object(value.AsObject().Select(m => (m.Key, m.Value))),
            JsonValueKind.Array => $"[{string.Join(',', value.AsArray().Select(Value))}]",
            JsonValueKind.String => Text(value.GetValue<string>()),
            JsonValueKind.Number => Number(value.ToJsonString()),
            _ => value.ToJsonString(),
        };

        string Text(string text)
        {
            var escaped = JsonSerializer.Serialize(random?.Next(2) == 0 ? text.Normalize(NormalizationForm.FormD) : text, HarnessJson.Line);
            return random?.Next(2) == 0 ? escaped.Replace("e", "\\u0065", StringComparison.Ordinal) : escaped;
        }

        string Number(string digits)
        {
            var value = decimal.Parse(digits, CultureInfo.InvariantCulture);
            return random?.Next(4) switch
            {
                1 => value.ToString("0.000000000", CultureInfo.InvariantCulture),
                2 => (value * 1000m).ToString("0.000000", CultureInfo.InvariantCulture) + "e-3",
                3 => (value / 1000m).ToString("0.0000000000", CultureInfo.InvariantCulture) + "E+03",
                _ => digits,
            };
        }

        string Space() => random?.Next(4) switch { 0 => " ", 1 => "\n\t", _ => "" };
    }
}
