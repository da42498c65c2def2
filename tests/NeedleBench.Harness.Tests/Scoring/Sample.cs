using System.Text.Json;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Scoring;

/// <summary>Cases and answers in few words.</summary>
static class Sample
{
    public const string Model = "baseline:test";

    /// <summary>timer(minutes, label?, loud?), closed to other arguments; note(text?, list?, pinned?), open to them.</summary>
    public static IReadOnlyList<ToolDefinition> Tools { get; } = ToolDefinitionJson.ParseList(
        """
        [{"name":"timer","description":"","parameters":{"type":"object","additionalProperties":false,"required":["minutes"],
           "properties":{"minutes":{"type":"integer"},"label":{"type":"string"},"loud":{"type":"boolean"}}}},
         {"name":"note","description":"","parameters":{"type":"object",
           "properties":{"text":{"type":"string"},"list":{"type":"string"},"pinned":{"type":"boolean"}}}}]
        """);

    /// <summary>
    /// A case that expects <c>[{"name":…,"arguments":{name:[accepted values]}}]</c>, a null among the values for an argument
    /// that may be omitted.
    /// </summary>
    public static SuiteCase Case(string expected, string id = "s/1", string style = "terse", params string[] tags) =>
        new(id, "a request", Tools, Expected(expected), style, tags, 1);

    public static Suite Suite(string name, params SuiteCase[] cases) =>
        new(name, name, "CC0-1.0", "1", "en", $"suites/{name}", Tools, cases);

    public static IReadOnlyList<ToolCall> Calls(string json) =>
        ToolCallJson.TryParse(json, out var calls, out var failure) ? calls : throw new ArgumentException(failure.Detail, nameof(json));

    public static Prediction Answer(string calls, string id = "s/1", int repeat = 0, string suite = "s", string model = Model) =>
        new() { Model = model, Suite = suite, Case = id, Repeat = repeat, Calls = Calls(calls) };

    public static CaseMatch Match(string expected, string calls) =>
        StrictMatcher.Match(PreparedCase.Of(Case(expected)), Calls(calls));

    /// <summary>Whether note(text) with the given JSON value matches where another is accepted.</summary>
    public static bool Equal(string accepted, string given) => Match(
        $$$"""[{"name":"note","arguments":{"text":[{{{accepted}}}]}}]""",
        $$$"""[{"name":"note","arguments":{"text":{{{given}}}}}]""").IsExact;

    static ExpectedCall[] Expected(string json) =>
    [
        .. JsonElement.Parse(json).EnumerateArray().Select(call => new ExpectedCall(
            call.GetProperty("name").GetString()!,
            call.GetProperty("arguments").EnumerateObject().ToDictionary(
                a => a.Name,
                a => new AcceptedValues(
                    [.. a.Value.EnumerateArray().Where(v => v.ValueKind != JsonValueKind.Null)],
                    a.Value.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.Null))))),
    ];
}
